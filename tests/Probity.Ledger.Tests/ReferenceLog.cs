using Probity.Evidence;

namespace Probity.Ledger.Tests;

/// <summary>A log made by another program (transparency-dev/tessera, testdata), and a cosignature on it by a witness of another (litewitness 0.9.0).</summary>
internal static class ReferenceLog
{
    public const string LogKey = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
    public const string WitnessKey = "witness.example/probity-test+7aee540e+BInJgBrDOuAW5y4AX1r2Mhyn6763jcbOn6wV5Zr2OqXk";
    public const long WitnessTime = 1_795_445_037;

    public const string Text = "example.com/log/testdata\n15\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n";
    public const string LogLine = "\u2014 example.com/log/testdata M9e0luh4jTG+UMBqOUo9/q+yAEvx1ilBEniMvjf1zfcBOhg+CKubMt53MvIt/uEWP6zdkdIQzd/fmwlM/dlPWF74ewI=\n";
    public const string WitnessLine = "\u2014 witness.example/probity-test eu5UDgAAAABrBFEt3VIrN2B0ZuynQ1o08mSsNcdnH/viIuIosEVia9wp/xnEWMCgBMOwhKWK+SOGyCu05W1nKsr9DWb2Q2Atkm+MCw==\n";

    public const string Signed = Text + "\n" + LogLine;
    public const string Witnessed = Signed + WitnessLine;

    public static readonly string[] Entries = ["one", "two", "three", "four", "five", "six", "seven", "eit", "nain", "ten", "ileven", "twelf", "threeten", "fourten", "fivten"];

    /// <summary>What the witness accepted for 3 → 15.</summary>
    public static readonly string[] ThreeToFifteen =
    [
        "Zx8UbF5HHooag6PCFM5LqQe486WIjRTMjNPOdbsS75Q=", "9xWrP6pdBx5uKsS7mU1b9zWUPcw3mdoNCF55gM+5M2o=", "T1X2GdkhUjV3iyufF9b0kVsWFxIU0VI4EpNml2Teci4=",
        "g0ZoeYWtIV8Q8i+4CmgqPnBvH2il107lyCgTQsyB7H4=", "5jLpqTgjsBDSEX6SgZiRnbTMdTuRd8bQ5tSsAOxe0Ks=",
    ];

    /// <summary>The root over the first entries.</summary>
    public static Digest RootAt(int size) => MerkleTree.RootOf(Entries.Take(size).Select(Leaf));

    public static Digest Leaf(string entry) => MerkleTree.LeafHash(System.Text.Encoding.UTF8.GetBytes(entry));
}
