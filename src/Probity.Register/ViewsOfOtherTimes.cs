using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Register;

/// <summary>
/// Views of other times than the last run's, made from the ledger when first asked for and kept until newer ones push them out
/// (docs/decisions/0005). One is made at a time; whoever asks for the same waits for it.
/// </summary>
internal sealed class ViewsOfOtherTimes(TransparencyLog log, string dataFolder) : IDisposable
{
    /// <summary>How many are kept.</summary>
    public const int Kept = 8;

    private readonly Lock _making = new();
    private readonly List<(AsOf AsOf, ViewPool Pool)> _kept = [];

    /// <summary>The views of a time.</summary>
    public ViewPool At(AsOf asOf)
    {
        lock (_making)
        {
            int found = _kept.FindIndex(one => one.AsOf == asOf);
            if (found < 0)
            {
                _kept.Add((asOf, Make(asOf)));
                found = _kept.Count - 1;
            }

            (AsOf AsOf, ViewPool Pool) wanted = _kept[found];
            _kept.RemoveAt(found);
            _kept.Add(wanted);
            if (_kept.Count > Kept)
            {
                _kept[0].Pool.Dispose();
                Remove(_kept[0].AsOf);
                _kept.RemoveAt(0);
            }

            return wanted.Pool;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((AsOf asOf, ViewPool pool) in _kept)
        {
            pool.Dispose();
            Remove(asOf);
        }
    }

    private ViewPool Make(AsOf asOf)
    {
        string folder = FolderOf(asOf);
        Directory.CreateDirectory(folder);
        new RegisterProjection(log, folder, static (_, _) => { }).Rebuild(asOf, CancellationToken.None);
        return new ViewPool(ViewFile.PathIn(folder));
    }

    private void Remove(AsOf asOf)
    {
        if (Directory.Exists(FolderOf(asOf)))
        {
            Directory.Delete(FolderOf(asOf), recursive: true);
        }
    }

    private string FolderOf(AsOf asOf) => Path.Combine(dataFolder, "views-at", $"{Environment.ProcessId}-{asOf}");
}
