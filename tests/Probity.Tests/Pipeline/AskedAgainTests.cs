using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Pipeline;
using Probity.Register;

namespace Probity.Tests.Pipeline;

/// <summary>What is asked of people, and what they can take back, after they judged.</summary>
public sealed class AskedAgainTests : IDisposable
{
    private readonly LinkedRegister _register = new();

    public AskedAgainTests() => _register.RunAll();

    public void Dispose() => _register.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void After_an_unsure_another_pair_of_the_same_two_organisations_was_asked_about(bool furtherRun)
    {
        Assert.Contains(Two(), Asked());
        Assert.Equal(0, _register.Judge("companies:K1011", "court:C80", "--unsure").Exit);
        if (furtherRun)
        {
            Assert.Equal(0, _register.Run().Exit);
        }

        Assert.DoesNotContain(Two(), Asked());
        Assert.Equal(0, _register.Judge("companies:K1011", "court:C80", "--revoke").Exit);
        Assert.Contains(Two(), Asked());
    }

    [Fact]
    public void Taking_back_what_nobody_judged_was_recorded_without_a_word()
    {
        long before = Size();
        Refused();
        Assert.Equal(before, Size());
        _register.Judge("companies:K1011", "court:C80", "--not-same");
        Assert.Equal(0, _register.Judge("court:C80", "companies:K1011", "--revoke").Exit);
        Refused();

        void Refused()
        {
            (int exit, string output, _) = _register.Judge("companies:K1011", "court:C80", "--revoke");
            JsonNode error = JsonNode.Parse(output)!["error"]!;
            Assert.Equal((1, "judgement.none-in-force"), (exit, (string)error["code"]!));
            Assert.Contains("no judgement of companies:K1011 and court:C80 is in force", (string)error["message"]!, StringComparison.Ordinal);
        }
    }

    private (OrganisationId, OrganisationId) Two() => InOrder(_register.Of("companies", "K1011"), _register.Of("court", "C80"));

    private (OrganisationId, OrganisationId)[] Asked()
    {
        using RegisterReader reader = RegisterReader.Open(_register.Data);
        return [.. DoubtfulPair.Asked(reader).Select(pair => InOrder(reader.FindByRecord(pair.One)!.Value, reader.FindByRecord(pair.Other)!.Value))];
    }

    private long Size()
    {
        using RegisterReader reader = RegisterReader.Open(_register.Data);
        return reader.Size;
    }

    private static (OrganisationId, OrganisationId) InOrder(OrganisationId one, OrganisationId other) =>
        string.CompareOrdinal(one.ToString(), other.ToString()) < 0 ? (one, other) : (other, one);
}
