using Probity.Evidence;
using Probity.Ledger;
using Probity.Rating;

namespace Probity.Register;

/// <summary>The leaf by which a rating belongs to its run (formats/statement.md, run): SHA-256(0x00 ‖ canonical result).</summary>
public static class RatingLeaf
{
    /// <summary>The leaf of an organisation that no methodology was in force for.</summary>
    public static Digest WithoutMethodology { get; } = MerkleTree.LeafHash([]);

    /// <summary>The canonical result: the rating without its explanation and without the time it was asked for.</summary>
    public static byte[] BytesOf(OrganisationRating rating) => CanonicalJson.Bytes(rating.ToResultFields());

    /// <summary>The leaf of a rating.</summary>
    public static Digest Of(OrganisationRating rating) => MerkleTree.LeafHash(BytesOf(rating));
}
