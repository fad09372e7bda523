using System.Text;
using Probity.Evidence;

namespace Probity.Register;

/// <summary>
/// Publications: register, source mappings, methodologies and procedures as statements, each with its document beside the log by SHA-256
/// (guard-rail G13: nothing is used before it is published here).
/// </summary>
public static class Publication
{
    /// <summary>The type of the statement that publishes register.yaml.</summary>
    public const string RegisterType = "register";

    /// <summary>The type of a statement that publishes a source mapping.</summary>
    public const string SourceType = "source";

    /// <summary>The type of a statement that publishes a methodology.</summary>
    public const string MethodologyType = "methodology";

    /// <summary>The type of a statement that publishes a procedure.</summary>
    public const string ProcedureType = "procedure";

    /// <summary>The type of a statement that publishes linkage.yaml.</summary>
    public const string LinkageType = "linkage";

    /// <summary>The provenance of what a register says of itself.</summary>
    public static Provenance By(RegisterDefinition register) => new(register.Id, "register", register.LegalBasis, register.Purpose);

    /// <summary>States that a document of a type came into the register.</summary>
    /// <param name="register">The register that publishes it.</param>
    /// <param name="occasion">Its type, its own name as item, and the day from which it applies (null: at once).</param>
    /// <param name="document">The file's bytes as text; it is kept beside the log under its SHA-256.</param>
    /// <param name="meaning">The digest of what it means, which comments and spaces do not change; null where only the text counts.</param>
    public static Statement Of(RegisterDefinition register, Occasion occasion, string document, Digest? meaning)
    {
        var body = new List<(string, Value)> { ("media_type", Value.Of("application/yaml")) };
        if (meaning is { } fingerprint)
        {
            body.Add(("fingerprint", Value.Of(fingerprint.ToString())));
        }

        body.Add(("document", Value.Of(DigestOf(document).ToString())));
        return Statement.Of(
            StatementKind.Publication,
            By(register),
            new RecordId(register.Id, occasion.Type),
            occasion,
            Fields.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(body)));
    }

    /// <summary>The bytes of a document as they are kept.</summary>
    public static byte[] BytesOf(string document) => Encoding.UTF8.GetBytes(document);

    /// <summary>The SHA-256 under which a document is kept.</summary>
    public static Digest DigestOf(string document) => Digest.Of(BytesOf(document));

    /// <summary>The SHA-256 of the document that a publication names; null where the statement is no publication of a document.</summary>
    public static Digest? DocumentOf(Statement statement) =>
        statement.Kind == StatementKind.Publication && Digest.TryParse(statement.Body.TextOf("document"), out Digest digest) ? digest : null;
}
