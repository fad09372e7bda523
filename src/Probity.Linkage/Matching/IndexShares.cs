namespace Probity.Linkage;

/// <summary>Keeps up to date how many records of an index share a telephone number, a domain or premises.</summary>
internal sealed class IndexShares(Corpus corpus, KeyChains chains)
{
    /// <summary>After a record came or went: notes the key's records whose share changed.</summary>
    public void Note(ulong key, HashSet<int> changed)
    {
        int count = chains.CountOf(key);
        switch (RecordKeys.KindOf(key))
        {
            case KeyKind.Telephone when FieldLevels.OfShared(count + 1) > 1:
                foreach (int record in chains.RecordsOf(key))
                {
                    Set(ref corpus.Facts[record].TelephoneShare, FieldLevels.OfShared(count), record, changed);
                }

                break;
            case KeyKind.Domain when FieldLevels.OfShared(count + 1) > 1:
                foreach (int record in chains.RecordsOf(key))
                {
                    Set(ref corpus.Facts[record].DomainShare, FieldLevels.OfShared(count), record, changed);
                }

                break;
            case KeyKind.NumberAndStreet when count >= SharedValues.Crowd:
                foreach (int record in chains.RecordsOf(key))
                {
                    if (corpus.Facts[record].IsCrowded != count > SharedValues.Crowd)
                    {
                        corpus.Facts[record].IsCrowded = !corpus.Facts[record].IsCrowded;
                        changed.Add(record);
                    }
                }

                break;
            default:
                break;
        }
    }

    private static void Set(ref byte share, int level, int record, HashSet<int> changed)
    {
        if (share != level)
        {
            share = (byte)level;
            changed.Add(record);
        }
    }
}
