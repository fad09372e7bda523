using System.Collections.Immutable;
using System.Globalization;
using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>
/// The register's conclusion that a record belongs to an organisation, as a statement of the ledger (formats/statement.md, linkage). Of several
/// about one record the latest counts. A record without one is an organisation of its own.
/// </summary>
/// <param name="Record">The record.</param>
/// <param name="Founder">The record that gave the organisation its identifier; it need not belong to it any more.</param>
/// <param name="Ground">Why.</param>
public sealed record Membership(RecordId Record, RecordId Founder, LinkGround Ground)
{
    /// <summary>The type of the statement.</summary>
    public const string Type = "member";

    /// <summary>The organisation's identifier.</summary>
    public OrganisationId Organisation => OrganisationId.FirstSeenAs(Founder);

    /// <summary>The conclusion as a statement of the register.</summary>
    public Statement ToStatement(Provenance register) => Statement.Of(
        StatementKind.Linkage,
        register,
        Record,
        Occasion.Of(Type, null),
        Fields.Of(
            ("organisation", Value.Of(Organisation.ToString())),
            ("founder", RecordFields.Of(Founder)),
            ("ground", new Value.Group(Ground.ToFields()))));

    /// <summary>Reads a conclusion back; null where the statement is none, or names another identifier than its founder gives.</summary>
    public static Membership? Of(Statement statement)
    {
        bool isOne = statement.Kind == StatementKind.Linkage && statement.Type == Type;
        return isOne
            && RecordFields.Read(statement.Body.GroupOf("founder")) is { } founder
            && OrganisationId.FirstSeenAs(founder).ToString() == statement.Body.TextOf("organisation")
            ? new Membership(statement.About, founder, LinkGround.Of(statement.Body.GroupOf("ground") ?? Fields.Empty))
            : null;
    }
}

/// <summary>Why a record belongs to its organisation.</summary>
/// <param name="Partner">The record of the organisation that it is surest to be one with; null where it stands alone.</param>
/// <param name="Probability">0 to 1, of the two being one organisation by the evidence alone, whoever decided; null where it stands alone.</param>
/// <param name="Judged">True where people's judgements joined the two, whatever the score says.</param>
/// <param name="Waterfall">The evidence between the two; its bits add up to log2(p / (1 − p)), rounded to hundredths. Empty where it stands alone.</param>
/// <param name="Rules">What it was decided by.</param>
public sealed record LinkGround(RecordId? Partner, double? Probability, bool Judged, ImmutableArray<WaterfallStep> Waterfall, LinkRules Rules)
{
    internal Fields ToFields()
    {
        var fields = new List<(string, Value)>
        {
            ("decided_by", Value.Of(Judged ? "judgement" : "score")),
            ("threshold", Value.Of(Text(Rules.Threshold, "0.############"))),
            ("specification", Value.Of(Rules.Specification.ToString())),
            ("model", Value.Of(Rules.Model.ToString())),
        };
        if (Probability is { } probability)
        {
            fields.Add(("probability", Value.Of(Text(probability, "0.######"))));
        }

        if (Partner is { } partner)
        {
            fields.Add(("partner", RecordFields.Of(partner)));
            fields.Add(("waterfall", new Value.Sequence([.. Waterfall.Select(step => (Value)new Value.Group(Fields.Of(
                ("field", Value.Of(step.Field)), ("outcome", Value.Of(step.Outcome)), ("bits", Value.Of(Text(step.Bits, "0.##"))))))])));
        }

        return Fields.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(fields));
    }

    internal static LinkGround Of(Fields fields)
    {
        ImmutableArray<WaterfallStep> waterfall = fields["waterfall"] is Value.Sequence steps
            ? [.. steps.Items.OfType<Value.Group>().Select(step => new WaterfallStep(step.Content.TextOf("field") ?? "", step.Content.TextOf("outcome") ?? "", Number(step.Content, "bits")))]
            : [];
        RecordId? partner = RecordFields.Read(fields.GroupOf("partner"));
        return new LinkGround(
            partner,
            partner is null || fields["probability"] is null ? null : Number(fields, "probability"), // earlier programs said 1 of a record that stands alone
            fields.TextOf("decided_by") == "judgement",
            waterfall,
            new LinkRules(Number(fields, "threshold"), DigestOf(fields, "specification"), DigestOf(fields, "model")));
    }

    private static Digest DigestOf(Fields fields, string name) => Digest.TryParse(fields.TextOf(name), out Digest digest) ? digest : default;

    /// <summary>A number as canonical JSON holds decimals: a text, rounded half to even.</summary>
    private static string Text(double number, string form) => number.ToString(form, CultureInfo.InvariantCulture);

    private static double Number(Fields fields, string name) =>
        double.TryParse(fields.TextOf(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : 0;
}

/// <summary>What a linkage was decided by; all three are published in the ledger.</summary>
/// <param name="Threshold">Probability from which a pair is linked: above 0 and below 1.</param>
/// <param name="Specification">SHA-256 of linkage.yaml as published.</param>
/// <param name="Model">SHA-256 of the weights of evidence as published.</param>
public readonly record struct LinkRules(double Threshold, Digest Specification, Digest Model);

/// <summary>A record's name inside a statement's body.</summary>
internal static class RecordFields
{
    public static Value Of(RecordId record) => new Value.Group(Fields.Of(("source", Value.Of(record.Source)), ("record", Value.Of(record.Record))));

    public static RecordId? Read(Fields? fields) =>
        fields?.TextOf("source") is { } source && fields.TextOf("record") is { } record ? new RecordId(source, record) : null;
}
