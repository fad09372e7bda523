using System.Text;
using CsCheck;

namespace Probity.Evidence.Tests;

public sealed class CanonicalJsonTests
{
    [Fact]
    public void Names_are_sorted_and_nothing_is_spaced()
    {
        Fields fields = Fields.Of(("b", Value.Of(2)), ("a", Value.Of("x")), ("c", Value.Of(true)));
        Assert.Equal("""{"a":"x","b":2,"c":true}""", CanonicalJson.Text(fields));
    }

    [Fact]
    public void Only_what_RFC_8785_escapes_is_escaped()
    {
        Fields fields = Fields.Of(("t", Value.Of("\u20ac$\u000f\nA'B\"\\/é€😂\u2028")));
        Assert.Equal("{\"t\":\"€$\\u000f\\nA'B\\\"\\\\/é€😂\u2028\"}", CanonicalJson.Text(fields));
    }

    [Theory]
    [InlineData("""{"a":1.5}""")]
    [InlineData("""{"a":1e3}""")]
    [InlineData("""{"a":null}""")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":9007199254740992}""")]
    [InlineData("""{"a":1} {}""")]
    [InlineData("""[1]""")]
    [InlineData("""{"a":""")]
    [InlineData("")]
    public void What_two_readers_could_read_differently_is_refused(string json)
    {
        Assert.False(CanonicalJson.TryRead(Encoding.UTF8.GetBytes(json), out _, out string problem));
        Assert.NotEqual("", problem);
    }

    [Fact]
    public void An_unpaired_surrogate_is_refused() =>
        Assert.Throws<ArgumentException>(() => CanonicalJson.Bytes(Fields.Of(("a", Value.Of("\ud800")))));

    [Fact]
    public void What_is_written_reads_back_the_same() =>
        Gen.Select(Gen.String[Gen.Char['\u0000', '\ud7ff'], 0, 40], Gen.Long[-Value.MaxWhole, Value.MaxWhole], Gen.Bool).Sample((text, number, flag) =>
        {
            Fields inner = Fields.Of(("k" + text, Value.Of(number)), ("t", Value.Of(text)));
            Fields fields = Fields.Of(("f", Value.Of(flag)), ("g", new Value.Group(inner)), ("l", new Value.Sequence([Value.Of(text), Value.Of(number)])));
            byte[] bytes = CanonicalJson.Bytes(fields);
            return CanonicalJson.TryRead(bytes, out Fields back, out _) && back.Equals(fields) && CanonicalJson.Bytes(back).AsSpan().SequenceEqual(bytes);
        });
}
