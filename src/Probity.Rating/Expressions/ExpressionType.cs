namespace Probity.Rating.Expressions;

/// <summary>The sorts of value an expression can have.</summary>
internal enum Sort
{
    Whole,
    Exact,
    Real,
    Text,
    Truth,
    Date,
    Span,
    List,

    /// <summary>Nobody knows: something is wrong with it that has been told already.</summary>
    Broken,
}

/// <summary>The static type of an expression.</summary>
/// <param name="Sort">What it is.</param>
/// <param name="Item">For a list, the type of its items; null for the empty list, and for every other sort.</param>
internal sealed record ExpressionType(Sort Sort, ExpressionType? Item)
{
    public static readonly ExpressionType Whole = new(Sort.Whole, null);
    public static readonly ExpressionType Exact = new(Sort.Exact, null);
    public static readonly ExpressionType Real = new(Sort.Real, null);
    public static readonly ExpressionType Text = new(Sort.Text, null);
    public static readonly ExpressionType Truth = new(Sort.Truth, null);
    public static readonly ExpressionType Date = new(Sort.Date, null);
    public static readonly ExpressionType Span = new(Sort.Span, null);

    /// <summary>The type of what is wrong and told already: it agrees with every type, so that one fault is told once and not again at all that uses it.</summary>
    public static readonly ExpressionType Broken = new(Sort.Broken, null);

    public bool IsBroken => Sort == Sort.Broken;

    public bool IsNumber => Sort is Sort.Whole or Sort.Exact or Sort.Real;

    public static ExpressionType ListOf(ExpressionType? item) => new(Sort.List, item);

    /// <summary>The word of the methodology language: int, decimal, number, text, flag, date, duration.</summary>
    public override string ToString() => Sort switch
    {
        Sort.Whole => "int",
        Sort.Exact => "decimal",
        Sort.Real => "number",
        Sort.Text => "text",
        Sort.Truth => "flag",
        Sort.Date => "date",
        Sort.Span => "duration",
        Sort.List => $"list of {Item?.ToString() ?? "nothing"}",
        Sort.Broken => "something that is wrong",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The type a word of the methodology language stands for; null for an unknown word.</summary>
    public static ExpressionType? Named(string word) => word switch
    {
        "int" => Whole,
        "decimal" => Exact,
        "number" => Real,
        "text" => Text,
        "flag" => Truth,
        "date" => Date,
        "duration" => Span,
        _ => null,
    };

    /// <summary>The words <see cref="Named"/> knows.</summary>
    public static readonly IReadOnlyList<string> Words = ["int", "decimal", "number", "text", "flag", "date", "duration"];
}
