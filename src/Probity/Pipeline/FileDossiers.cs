using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Linkage;
using Probity.Sources;

namespace Probity.Pipeline;

/// <summary>What files say about organisations, without a ledger: statements are read as a run reads them and numbered as they come, from 0.</summary>
/// <param name="Dossiers">One for each organisation, in the order in which their identities were first read.</param>
/// <param name="Count">What was read and what was rejected.</param>
/// <param name="Rejections">Every rejection, in the order of reading.</param>
/// <param name="LatestDay">The latest day from which a statement holds; null where none has a day.</param>
internal sealed record FileDossiers(ImmutableArray<Dossier> Dossiers, IntakeCount Count, ImmutableArray<Rejection> Rejections, DateOnly? LatestDay)
{
    /// <summary>Reads inputs. Bad input is in the answer, never thrown.</summary>
    /// <param name="register">Declares the sources.</param>
    /// <param name="inputs">What to read; each names a source of the register.</param>
    /// <param name="clock">Dates after its day are rejected.</param>
    /// <param name="progress">Told what is being done and how far it is, 0 to 1.</param>
    /// <param name="cancelled">Stops between records.</param>
    public static FileDossiers Read(RegisterFolder register, ImmutableArray<SourceInput> inputs, TimeProvider clock, Action<string, double> progress, CancellationToken cancelled)
    {
        var count = new IntakeCount();
        var resolver = new OrganisationResolver();
        var rejections = ImmutableArray.CreateBuilder<Rejection>();
        long index = 0;
        DateOnly? latest = null;
        DateOnly today = register.Definition.DayOf(clock.GetUtcNow());
        foreach (IGrouping<string, SourceInput> of in inputs.GroupBy(input => input.Source))
        {
            var options = new ReadOptions { Today = today, Clock = clock, Progress = share => progress("reading " + of.Key, share) };
            foreach (SourceRecord record in SourceReader.Read(register.SourceOf(of.Key), [.. of.Select(input => input.Location)], options, cancelled))
            {
                count.Add(record);
                rejections.AddRange(record.Rejections);
                foreach (Statement statement in record.Statements)
                {
                    resolver.Add(new Entry(index++, statement));
                    latest = statement.ValidFrom is { } day && (latest is null || day > latest) ? day : latest;
                }
            }
        }

        return new FileDossiers([.. resolver.Dossiers()], count, rejections.ToImmutable(), latest);
    }
}
