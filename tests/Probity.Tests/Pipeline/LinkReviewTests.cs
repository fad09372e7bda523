using Probity.Commands;
using Probity.Linkage;
using Probity.Pipeline;
using Probity.Register;

namespace Probity.Tests.Pipeline;

/// <summary>probity link review with somebody at the keys.</summary>
public sealed class LinkReviewTests : IDisposable
{
    private const string Clerk = "A. Clerk, registrar";

    private readonly LinkedRegister _register = new();

    public LinkReviewTests() => _register.RunAll();

    public void Dispose() => _register.Dispose();

    [Fact]
    public void Answers_with_a_reason_are_appended_with_their_author_and_others_are_left_for_later()
    {
        (TypedConsole console, DoubtfulPair[] pairs) = Review(
            Clerk, "not-same", "Two addresses.", "later", "same", "One telephone, moved premises.", "unsure", "The court's file is thin.", "stop");
        using RegisterReader reader = RegisterReader.Open(_register.Data);
        RecordJudgement[] judged = [.. reader.Linkage.Judgements(reader.Current)];
        Assert.Equal([Verdict.NotSame, Verdict.Same, Verdict.Unsure], judged.Select(one => one.Verdict));
        Assert.Equal([(pairs[0].One, pairs[0].Other), (pairs[2].One, pairs[2].Other), (pairs[3].One, pairs[3].Other)], judged.Select(one => (one.One, one.Other)));
        Assert.Equal(["Two addresses.", "One telephone, moved premises.", "The court's file is thin."], judged.Select(one => one.Reason));
        Assert.All(judged, one => Assert.Equal((Clerk, false), (one.Author, one.Revoked)));
        Assert.Contains($"3 judged, {pairs.Length - 3} left", console.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(DoubtfulPair.Waiting(reader.Linkage.LastRun(reader.Current)!, judged), pair => pair.One == pairs[0].One && pair.Other == pairs[0].Other);
    }

    [Fact]
    public void Both_records_and_the_waterfall_are_shown_before_it_asks()
    {
        (TypedConsole console, DoubtfulPair[] pairs) = Review(Clerk, "stop");
        string before = console.Said[..console.Said.IndexOf("One organisation?", StringComparison.Ordinal)];
        Assert.Contains(pairs[0].One.ToString(), before, StringComparison.Ordinal);
        Assert.Contains(pairs[0].Other.ToString(), before, StringComparison.Ordinal);
        Assert.All(pairs[0].Waterfall, step => Assert.Contains($"{step.Field}: {step.Outcome}", before, StringComparison.Ordinal));
    }

    [Fact]
    public void A_word_that_is_no_answer_and_a_blank_reason_are_asked_again()
    {
        (TypedConsole console, _) = Review(Clerk, "perhaps", "same", " ", "One telephone.", "stop");
        Assert.Contains("answer with one of these words", console.Said, StringComparison.Ordinal);
        using RegisterReader reader = RegisterReader.Open(_register.Data);
        Assert.Equal("One telephone.", Assert.Single(reader.Linkage.Judgements(reader.Current)).Reason);
    }

    /// <summary>A menu needs escape sequences: at a terminal without them (TERM=dumb) the review ended in an exception at its first question.</summary>
    [Fact]
    public void A_terminal_that_moves_no_cursor_does_not_end_the_review() => Assert.Contains("0 judged", Review(Clerk, "later", "stop").Console.Said, StringComparison.Ordinal);

    [Fact]
    public void Without_an_author_pairs_are_shown_and_nothing_is_asked()
    {
        (TypedConsole console, DoubtfulPair[] pairs) = Review(null);
        Assert.DoesNotContain("One organisation?", console.Said, StringComparison.Ordinal);
        Assert.All(pairs, pair => Assert.Contains(pair.One.ToString(), console.Said, StringComparison.Ordinal));
    }

    private (TypedConsole Console, DoubtfulPair[] Pairs) Review(string? author, params string[] typed)
    {
        var console = new TypedConsole(typed);
        using RegisterReader reader = RegisterReader.Open(_register.Data);
        DoubtfulPair[] pairs = [.. DoubtfulPair.Waiting(reader.Linkage.LastRun(reader.Current)!, reader.Linkage.Judgements(reader.Current))];
        Assert.Equal(ExitCode.Done, new LinkReview(new Terminal(console.Writer, console, console, json: false), new Judging(reader, _register.Data, TimeProvider.System), author).Run(pairs));
        return (console, pairs);
    }
}
