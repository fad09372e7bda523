using System.Text;
using CsCheck;

namespace Probity.Evidence.Tests;

/// <summary>The quick check of a statement's form against the reader that decides.</summary>
public sealed class StatementFormLaws
{
    private const string Plain = """{"body":{"hygiene":-5,"list":[1,"a",{},[]],"name":"Zoë 北京","ok":true,"zero":0},"context":"food","item":"i","kind":"finding","law":"L","purpose":"","record":"1","source":"s","stated_by":"t","subject":"establishment","type":"inspection","v":1,"valid_from":"2024-02-29"}""";
    private const string Least = """{"body":{},"context":"","kind":"run","law":"","purpose":"","record":"","source":"","v":1}""";

    [Theory]
    [InlineData(Plain, StatementKind.Finding)]
    [InlineData(Least, StatementKind.Run)]
    public void Plain_statements_are_told_at_a_glance(string text, StatementKind kind)
    {
        Assert.True(StatementForm.IsCanonical(Encoding.UTF8.GetBytes(text), out StatementKind read));
        Assert.Equal(kind, read);
    }

    [Fact]
    public void A_yes_is_always_the_readers_yes() =>
        Gen.Select(Gen.OneOf(Plain, Least), Gen.Select(Gen.Int[0, 300], Gen.Int[0, 3], Gen.OneOf(Gen.Byte, Gen.OneOf("019-{}[]\",:ae"u8.ToArray()))).List[0, 3]).Sample((text, changes) =>
        {
            byte[] bytes = changes.Aggregate(Encoding.UTF8.GetBytes(text), static (all, change) => Changed(all, change.Item1 % all.Length, change.Item2, change.Item3));
            bool yes = StatementForm.IsCanonical(bytes, out StatementKind kind);
            bool reader = Statement.TryRead(bytes, out Statement? statement, out _) && statement.ToBytes().AsSpan().SequenceEqual(bytes);
            return !yes || (reader && statement!.Kind == kind);
        }, iter: 50_000);

    [Theory]
    [InlineData("\"hygiene\":-5", "\"hygiene\":-0")]
    [InlineData("\"hygiene\":-5", "\"hygiene\":05")]
    [InlineData("\"hygiene\":-5", "\"hygiene\":5.0")]
    [InlineData("\"hygiene\":-5", "\"hygiene\":5e1")]
    [InlineData("\"hygiene\":-5", "\"hygiene\":null")]
    [InlineData("\"hygiene\":-5", "\"hygiene\": 5")]
    [InlineData("\"list\":", "\"hygiene\":")]
    [InlineData("\"name\"", "\"aname\"")]
    [InlineData("\"kind\":\"finding\"", "\"kind\":\"opinion\"")]
    [InlineData("\"subject\":\"establishment\"", "\"subject\":\"person\"")]
    [InlineData("\"stated_by\":\"t\"", "\"stated_by\":\"s\"")]
    [InlineData("\"type\":\"inspection\"", "\"type\":\"\"")]
    [InlineData("2024-02-29", "2023-02-29")]
    [InlineData("2024-02-29", "0000-02-29")]
    [InlineData("2024-02-29", "2024-+2-29")]
    [InlineData("\"v\":1", "\"v\":2")]
    [InlineData("\"v\":1", "\"v\":1,\"vv\":1")]
    [InlineData("-29\"}", "-29\"} ")]
    public void What_is_not_canonical_never_gets_a_yes(string from, string to) =>
        Assert.False(StatementForm.IsCanonical(Encoding.UTF8.GetBytes(Plain.Replace(from, to, StringComparison.Ordinal)), out _));

    private static byte[] Changed(byte[] bytes, int at, int kind, byte value) => kind switch
    {
        0 => [.. bytes[..at], value, .. bytes[(at + 1)..]],
        1 => [.. bytes[..at], value, .. bytes[at..]],
        2 when bytes.Length > 1 => [.. bytes[..at], .. bytes[(at + 1)..]],
        _ => [.. bytes[..at], bytes[at], .. bytes[at..]],
    };
}
