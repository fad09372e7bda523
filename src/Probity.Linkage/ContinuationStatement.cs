using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>Merges and splits as statements of the ledger: about the identifier that redirects from now on, or that is new.</summary>
public static class ContinuationStatement
{
    private const string MergedType = "merged";
    private const string SplitType = "split";

    /// <summary>What happened to an identifier, as a statement of the register.</summary>
    public static Statement Of(ContinuationEvent happened, Provenance register) => happened switch
    {
        ContinuationEvent.Merged merged => Say(register, merged.From, MergedType, ("into", Value.Of(merged.Into.ToString()))),
        ContinuationEvent.Split split => Say(register, split.New, SplitType, ("from", Value.Of(split.From.ToString()))),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Reads it back; null where the statement is none.</summary>
    public static ContinuationEvent? Read(Statement statement)
    {
        if (statement.Kind != StatementKind.Linkage || !OrganisationId.TryParse(statement.About.Record, out OrganisationId about))
        {
            return null;
        }

        return statement.Type switch
        {
            MergedType when OrganisationId.TryParse(statement.Body.TextOf("into"), out OrganisationId into) => new ContinuationEvent.Merged(about, into),
            SplitType when OrganisationId.TryParse(statement.Body.TextOf("from"), out OrganisationId from) => new ContinuationEvent.Split(from, about),
            _ => null,
        };
    }

    private static Statement Say(Provenance register, OrganisationId about, string type, (string, Value) other) =>
        Statement.Of(StatementKind.Linkage, register, new RecordId(register.Source, about.ToString()), Occasion.Of(type, null), Fields.Of(other));
}
