using System.Collections.Immutable;
using System.Text;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Linkage;
using Probity.Rating;
using Probity.Register;
using Probity.Sources;

namespace Probity.Pipeline;

/// <summary>A register's folder, read and checked as a whole (formats/register.md).</summary>
/// <param name="Definition">register.yaml.</param>
/// <param name="DefinitionText">Its text.</param>
/// <param name="Sources">sources/*.yaml by file name.</param>
/// <param name="Methodologies">methodology/*.yaml by file name.</param>
internal sealed record RegisterFolder(
    RegisterDefinition Definition,
    string DefinitionText,
    ImmutableArray<Declared<SourceDefinition>> Sources,
    ImmutableArray<Declared<Methodology>> Methodologies)
{
    /// <summary>The file that says which witnesses must cosign before a checkpoint is published (C2SP tlog-policy).</summary>
    public const string PolicyFile = "tlog-policy";

    /// <summary>The policy; null where the register publishes without witnesses.</summary>
    public Declared<TlogPolicy>? Policy { get; init; }

    /// <summary>procedure/*.yaml by file name; may be empty.</summary>
    public ImmutableArray<Declared<Procedure>> Procedures { get; init; } = [];

    /// <summary>linkage.yaml, by which records of all sources are linked into organisations; null where each record is an organisation of its own.</summary>
    public Declared<LinkageSpecification>? Linkage { get; init; }

    /// <summary>Reads a folder; null after a problem. All problems of all files are reported at once.</summary>
    public static RegisterFolder? Read(string folder, ICollection<Problem> problems)
    {
        string main = Path.Combine(folder, "register.yaml");
        if (!File.Exists(main))
        {
            problems.Add(new Problem(main, 0, 0, "file.missing", "there is no register here", "name a folder that holds register.yaml, or make one with 'probity init'"));
            return null;
        }

        string text = ReadText(main, problems);
        RegisterDefinition? definition = RegisterDefinition.Read(main, text, problems);
        int before = problems.Count;
        var sources = ReadAll(Path.Combine(folder, "sources"), problems, SourceDefinition.Read);
        bool allSources = problems.Count == before;
        var methodologies = ReadAll(Path.Combine(folder, "methodology"), problems, Methodology.Read);
        if (definition is not null)
        {
            CheckContexts(definition, sources, methodologies, problems);
            CheckRedactable(sources, methodologies, problems);
        }

        Declared<TlogPolicy>? policy = ReadPolicy(Path.Combine(folder, PolicyFile), problems);
        Declared<LinkageSpecification>? linkage = ReadLinkage(Path.Combine(folder, "linkage.yaml"), allSources ? sources : null, problems);
        string rules = Path.Combine(folder, "procedure");
        ImmutableArray<Declared<Procedure>> procedures = Directory.Exists(rules) ? ReadAll(rules, problems, Procedure.Read) : [];
        return definition is null || problems.Count > 0
            ? null
            : new RegisterFolder(definition, text, sources, methodologies) { Policy = policy, Linkage = linkage, Procedures = procedures };
    }

    /// <summary>Reads linkage.yaml and holds what it corrects against the sources, where all of those could be read.</summary>
    private static Declared<LinkageSpecification>? ReadLinkage(string file, ImmutableArray<Declared<SourceDefinition>>? sources, ICollection<Problem> problems)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        string text = ReadText(file, problems);
        if (LinkageSpecification.Read(file, text, problems) is not { } specification)
        {
            return null;
        }

        foreach (Problem problem in sources is { } declared ? LinkageCorrections.Unmet(specification, declared.Select(one => one.Value)) : [])
        {
            problems.Add(problem);
        }

        return new Declared<LinkageSpecification>(Path.GetFileName(file), text, specification);
    }

    /// <summary>The source of a name that the folder declares.</summary>
    /// <exception cref="InvalidOperationException">There is none; ask <see cref="Sources"/> first.</exception>
    public SourceDefinition SourceOf(string name) => Sources.First(one => one.Value.Name == name).Value;

    /// <summary>
    /// The methodology in force on a day: of those that apply by then the one that applies from the latest day, of several the last by file name; null
    /// where none applies yet.
    /// </summary>
    public Methodology? InForce(DateOnly day) =>
        Methodologies.Select(one => one.Value).Where(one => one.AppliesFrom <= day).OrderBy(one => one.AppliesFrom).LastOrDefault();

    /// <summary>
    /// The methodology that a person names: by its file, its version, or the beginning of its version, such as "2025"; letters before digits are passed
    /// over, so that "fy2025" is understood. Null where none or several have that name.
    /// </summary>
    public Methodology? Named(string name)
    {
        string version = name.TrimStart([.. "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ- "]);
        List<Declared<Methodology>> found =
        [
            .. Methodologies.Where(one => one.File == name || one.File == name + ".yaml" || one.Value.Version == version
                || (version.Length > 0 && one.Value.Version.StartsWith(version + ".", StringComparison.Ordinal))),
        ];
        return found.Count == 1 ? found[0].Value : null;
    }

    private static ImmutableArray<Declared<T>> ReadAll<T>(string folder, ICollection<Problem> problems, Func<string, string, ICollection<Problem>, T?> read)
        where T : class
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.yaml") : [];
        Array.Sort(files, StringComparer.Ordinal);
        if (files.Length == 0)
        {
            problems.Add(new Problem(folder, 0, 0, "file.missing", "a register needs at least one .yaml file here", "copy one from a register that works with 'probity init'"));
        }

        var declared = ImmutableArray.CreateBuilder<Declared<T>>();
        foreach (string file in files)
        {
            string text = ReadText(file, problems);
            if (read(file, text, problems) is { } value)
            {
                declared.Add(new Declared<T>(Path.GetFileName(file), text, value));
            }
        }

        return declared.ToImmutable();
    }

    private static Declared<TlogPolicy>? ReadPolicy(string file, ICollection<Problem> problems)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        string text = ReadText(file, problems);
        return TlogPolicy.Parse(file, Encoding.UTF8.GetBytes(text), problems) is { } policy ? new Declared<TlogPolicy>(PolicyFile, text, policy) : null;
    }

    private static string ReadText(string file, ICollection<Problem> problems)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(file)).TrimStart('\ufeff');
        }
        catch (DecoderFallbackException)
        {
            problems.Add(new Problem(file, 0, 0, "encoding.invalid", "the file is not valid UTF-8", "save it as UTF-8"));
            return "";
        }
    }

    private static void CheckContexts(
        RegisterDefinition definition,
        ImmutableArray<Declared<SourceDefinition>> sources,
        ImmutableArray<Declared<Methodology>> methodologies,
        ICollection<Problem> problems)
    {
        foreach (Declared<SourceDefinition> source in sources.Where(one => !definition.Contexts.Contains(one.Value.Context)))
        {
            problems.Add(Outside(source.File, source.Value.Context));
        }

        foreach (Declared<Methodology> methodology in methodologies)
        {
            foreach (string context in methodology.Value.Contexts.Where(context => !definition.Contexts.Contains(context)))
            {
                problems.Add(Outside(methodology.File, context));
            }
        }
    }

    /// <summary>No rating may depend on what can be erased: it would change with the erasure.</summary>
    private static void CheckRedactable(ImmutableArray<Declared<SourceDefinition>> sources, ImmutableArray<Declared<Methodology>> methodologies, ICollection<Problem> problems)
    {
        foreach (Declared<SourceDefinition> source in sources)
        {
            foreach ((string type, string field) in source.Value.RedactableFields())
            {
                foreach (Declared<Methodology> methodology in methodologies.Where(one => one.Value.Names(type, field)))
                {
                    problems.Add(new Problem(methodology.File, 0, 0, "redaction.rated", $"it names '{field}' of '{type}', which {source.File} marks redactable: no rating may depend on what can be erased", "rate by another field, or take 'redactable' off this one"));
                }
            }
        }
    }

    private static Problem Outside(string file, string context) =>
        new(file, 0, 0, "guard-rail.G05", $"context '{context}' is not one of the register's contexts", "no evidence crosses from one context to another; correct the context, or keep another register for it");
}

/// <summary>What a file of a register's folder declares.</summary>
/// <param name="File">The file's name without its folder.</param>
/// <param name="Text">Its content, byte for byte as published.</param>
/// <param name="Value">What it means.</param>
internal sealed record Declared<T>(string File, string Text, T Value);
