using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace Probity.Rating.Bench;

/// <summary>A population written to a file and mapped into memory. Promises nothing but that it is whole or not used: damaged, it is gathered again.</summary>
internal sealed unsafe class FrameFile : MemoryManager<byte>
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly int _length;
    private readonly byte* _start;

    private FrameFile(string path, int length)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
        _length = length;
    }

    /// <summary>Maps a file; null where there is none, or it is longer than one mapping can be (2 GiB).</summary>
    public static FrameFile? Open(string path)
    {
        long length = File.Exists(path) ? new FileInfo(path).Length : 0;
        return length is > 0 and <= int.MaxValue ? new FrameFile(path, (int)length) : null;
    }

    /// <summary>The population of a file; null where the file is damaged or of another methodology. It must not be used after this is disposed.</summary>
    public Population? Read(Methodology methodology, DateOnly validAt) => Population.Read(methodology, Memory, validAt);

    /// <summary>Writes a population; whoever reads sees the old file or the new one.</summary>
    public static void Write(string path, Population population)
    {
        string fresh = path + ".new";
        using (FileStream stream = File.Create(fresh, 1 << 20))
        {
            population.WriteTo(stream);
        }

        File.Move(fresh, path, overwrite: true);
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => new(_start, _length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(_start + elementIndex);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file.Dispose();
        }
    }
}
