using System.Collections.Immutable;

namespace Probity.Linkage;

/// <summary>A question taken apart like a record; words that the index does not know it keeps to itself.</summary>
internal sealed class AskedRecord
{
    private readonly LinkFacts _facts;
    private readonly WordUse[] _words;
    private readonly RecordIdentifier[] _identifiers;

    public AskedRecord(OrganisationQuestion question, Lexicon beneath, WordRarity rarity)
    {
        var slice = new ParsedSlice(rows: 1);
        ImmutableArray<ColumnUse> columns = question.Columns;
        slice.Read(new TableColumns(columns), LinkRows.Of(columns.Length, [question.Row]), 0, 1);
        Lexicon = new Lexicon(beneath);
        slice.Number(Lexicon, rarity);
        _facts = slice.Facts[0];
        _words = new WordUse[_facts.NameWords + _facts.StreetWords];
        for (int i = 0; i < _words.Length; i++)
        {
            _words[i] = Lexicon.Use(slice.Words[i]);
        }

        _identifiers = new RecordIdentifier[slice.Identifiers.Length];
        for (int i = 0; i < _identifiers.Length; i++)
        {
            _identifiers[i] = slice.Identifiers[i] with { Value = slice.Words[slice.Identifiers[i].Value] };
        }
    }

    /// <summary>The index's words and the question's own.</summary>
    public Lexicon Lexicon { get; }

    /// <summary>The question as a record.</summary>
    public RecordView View => new(in _facts, _words, _identifiers);
}
