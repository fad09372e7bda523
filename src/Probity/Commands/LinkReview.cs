using System.Globalization;
using Probity.Linkage;
using Probity.Pipeline;
using Spectre.Console;

namespace Probity.Commands;

/// <summary>Doubtful pairs in the terminal, side by side with their waterfalls, and the questions about them.</summary>
/// <param name="terminal">Where it speaks.</param>
/// <param name="judging">Records what is judged.</param>
/// <param name="author">Who judges; null where pairs are only shown.</param>
internal sealed class LinkReview(Terminal terminal, Judging judging, string? author)
{
    private const string Later = "later";
    private const string Stop = "stop";

    /// <summary>Shows all pairs; asks about each where somebody judges and the terminal can ask.</summary>
    public int Run(IReadOnlyList<DoubtfulPair> pairs)
    {
        terminal.WriteLine(pairs.Count == 1 ? "1 doubtful pair" : $"{pairs.Count} doubtful pairs");
        bool asks = author is not null && terminal.Answers.Profile.Capabilities.Interactive;
        int judged = 0;
        foreach (DoubtfulPair pair in pairs)
        {
            Show(pair);
            string answer = asks ? Ask(pair) : Later;
            if (answer == Stop)
            {
                break;
            }

            judged += answer == Later ? 0 : 1;
        }

        if (asks)
        {
            terminal.WriteLine($"{judged} judged, {pairs.Count - judged} left");
        }
        else if (author is not null)
        {
            terminal.Messages.WriteLine("This terminal cannot ask; judge with 'probity link judge A B --same --reason … --by …'.");
        }

        return ExitCode.Done;
    }

    private void Show(DoubtfulPair pair)
    {
        JudgedRecord? one = judging.Find(pair.One);
        JudgedRecord? other = judging.Find(pair.Other);
        Table table = new Table { Border = TableBorder.Simple, Title = new TableTitle(string.Create(CultureInfo.InvariantCulture, $"Probability {pair.Probability:0.000}{(pair.More == 0 ? "" : $"; {pair.More} more {(pair.More == 1 ? "pair" : "pairs")} of the same two organisations")}")) }
            .AddColumns("", Markup.Escape(pair.One.ToString()), Markup.Escape(pair.Other.ToString()));
        foreach (string field in DoubtfulPair.FieldsOf(one, other))
        {
            table.AddRow(Markup.Escape(field), Markup.Escape(DoubtfulPair.TextOf(one, field)), Markup.Escape(DoubtfulPair.TextOf(other, field)));
        }

        terminal.Answers.Write(table);
        foreach (WaterfallStep step in pair.Waterfall)
        {
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {step.Bits,7:+0.0;-0.0;0.0} bits  {step.Field}: {step.Outcome}"));
        }
    }

    /// <summary>
    /// Asks and records; gives what was answered. Answers are words that are typed, not a menu: a menu needs a terminal that moves its cursor and
    /// a person who sees it.
    /// </summary>
    private string Ask(DoubtfulPair pair)
    {
        string answer = terminal.Answers.Prompt(new TextPrompt<string>("One organisation?").AddChoices(["same", "not-same", "unsure", Later, Stop]).InvalidChoiceMessage("answer with one of these words"));
        if (answer is Later or Stop)
        {
            return answer;
        }

        string reason = terminal.Answers.Prompt(new TextPrompt<string>("Why?").Validate(text => !string.IsNullOrWhiteSpace(text), "a judgement needs a reason"));
        Verdict verdict = JudgementStatement.TryParse(answer, out Verdict chosen) ? chosen : throw new System.Diagnostics.UnreachableException();
        LinkJudgementCommands.Record(terminal, judging, new RecordJudgement(pair.One, pair.Other, verdict, author!, reason, 0, Revoked: false));
        return answer;
    }
}
