using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Register;

/// <summary>The documents that publications name, as files beside the log's tiles: register, source mappings and methodologies, each by its SHA-256.</summary>
public static class PublishedDocuments
{
    /// <summary>Where a document stands: "document/" and 64 lower-case hexadecimal digits.</summary>
    public static string PathOf(Digest hash) => $"document/{hash}";

    /// <summary>Every document that the first entries of a log publish, each once, with its path.</summary>
    /// <exception cref="LedgerRefusedException">One of them is not in the ledger's folder.</exception>
    public static IEnumerable<(string Path, byte[] Content)> Of(TransparencyLog log, long size)
    {
        var told = new HashSet<Digest>();
        foreach ((long index, StatementHead head) in log.ReadHeads(0, size))
        {
            if (head.Kind == StatementKind.Publication && Publication.DocumentOf(log.Read(index).Statement) is { } hash && told.Add(hash))
            {
                yield return (PathOf(hash), log.FindDocument(hash) ?? throw new LedgerRefusedException(LedgerRefusals.Corrupt, $"entry {index} publishes the document {hash}, which is not in the ledger's folder; restore it from a backup"));
            }
        }
    }
}
