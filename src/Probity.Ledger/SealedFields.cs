using System.Security.Cryptography;
using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>
/// Puts commitments in the place of redactable texts and keeps the openings; erases them where a redaction says so (formats/redaction.md). Openings are on disk before the entries that commit to
/// them, and a redaction stands in the ledger before its values are erased: whatever stops the process, what is left is completed when a writer opens the log. Owned by the writer.
/// </summary>
/// <param name="folder">The data folder.</param>
/// <param name="ledger">Where entries are.</param>
internal sealed class SealedFields(string folder, SqliteLogStore ledger) : IDisposable
{
    private OpeningStore? _store;
    private bool _isWriting;

    /// <summary>Completes what a stopped process, or a backup older than the ledger, left undone.</summary>
    /// <param name="size">How many entries the ledger has.</param>
    public void CatchUp(long size)
    {
        if (_store is null && !OpeningStore.IsIn(folder))
        {
            return;
        }

        OpeningStore store = _store ??= OpeningStore.Open(folder, forWriting: true)!;
        store.DropFrom(size);
        EraseWhatIsRedacted(store);
        if (store.IsRewriteDue)
        {
            store.Rewrite();
        }
    }

    /// <summary>
    /// A statement with commitments in the place of its texts: the slot's last commitment where the text is still the same or was erased, else one with a fresh salt. Not kept yet.
    /// </summary>
    /// <param name="statement">A statement with redactable texts.</param>
    /// <param name="size">How many entries the ledger has on disk.</param>
    public (Statement Statement, IReadOnlyList<Opening> Openings) Seal(Statement statement, long size)
    {
        OpeningStore store = OpenFor(size);
        Digest slot = KeyOf(statement.Slot);
        var openings = new List<Opening>();
        var commitments = new List<KeyValuePair<string, Value>>();
        foreach (KeyValuePair<string, Value> field in statement.Redactable)
        {
            string text = field.Value.ToString()!;
            (string Commitment, Opening? Opening)? latest = store.Latest(slot, field.Key);
            if (latest is { Opening: null })
            {
                commitments.Add(new(field.Key, Value.Of(latest.Value.Commitment)));
                continue;
            }

            Opening opening = latest?.Opening is { } said && said.Value == text ? said : new Opening(field.Key, FreshSalt(), text);
            openings.Add(opening);
            commitments.Add(new(field.Key, Value.Of(opening.Commitment().ToString())));
        }

        return (statement.Sealed(Fields.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(commitments))), openings);
    }

    /// <summary>Keeps the openings of a statement that becomes an entry, with the transaction that <see cref="Commit"/> ends.</summary>
    public void Keep(long index, Slot slot, IReadOnlyList<Opening> openings)
    {
        if (!_isWriting)
        {
            _store!.Begin();
            _isWriting = true;
        }

        foreach (Opening opening in openings)
        {
            _store!.Put((KeyOf(slot), opening.Field, index), opening.Commitment().ToString(), opening);
        }
    }

    /// <summary>Puts what was kept on disk.</summary>
    public void Commit()
    {
        if (_isWriting)
        {
            _store!.Commit();
            _isWriting = false;
        }
    }

    /// <summary>Forgets what was kept for entries that did not come to be.</summary>
    /// <param name="size">How many entries the ledger has.</param>
    public void Forget(long size)
    {
        if (_isWriting)
        {
            _isWriting = false;
            _store!.Rollback();
        }

        _store?.DropFrom(size);
    }

    /// <inheritdoc/>
    public void Dispose() => _store?.Dispose();

    /// <summary>A slot as a key that nobody can make two slots share: SHA-256 of its canonical fields.</summary>
    internal static Digest KeyOf(Slot slot) => Digest.Of(CanonicalJson.Bytes(Fields.Of(
        ("source", Value.Of(slot.About.Source)),
        ("record", Value.Of(slot.About.Record)),
        ("kind", Value.Of(KindNames.Of(slot.Kind))),
        ("type", Value.Of(slot.Type)),
        ("item", Value.Of(slot.Item)),
        ("valid_from", Value.Of(slot.ValidFrom is { } day ? Day.Text(day) : "")))));

    private static string FreshSalt() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Opening.SaltBytes));

    /// <summary>The store; one made only now learns first what the ledger redacted before.</summary>
    private OpeningStore OpenFor(long size)
    {
        if (_store is null)
        {
            _store = OpeningStore.Open(folder, forWriting: true)!;
            CatchUp(size);
        }

        return _store;
    }

    /// <summary>
    /// Erases whatever is kept of a value that the ledger says was redacted, and keeps the commitments of entries of which nothing was kept, so that they are carried on all the same.
    /// </summary>
    private void EraseWhatIsRedacted(OpeningStore store)
    {
        RedactionAudit stated = StatedRedactions.Fold(ledger.Redactions(), Read);
        foreach ((long _, Redaction redaction) in stated.Redactions)
        {
            Digest slot = KeyOf(redaction.Slot);
            foreach (string field in redaction.Fields.Where(field => stated.RedactedBy(redaction.Slot, field) is not null && !store.IsErased(slot, field)))
            {
                store.IsRewriteDue = true;
                if (Read(redaction.Index)?.Commitments.TextOf(field) is { } commitment)
                {
                    store.Put((slot, field, redaction.Index), commitment, null);
                }

                store.Erase(slot, field);
            }
        }
    }

    private Statement? Read(long index) => ledger.FindEntry(index) is { } body && Statement.TryRead(body, out Statement? statement, out string _) ? statement : null;
}
