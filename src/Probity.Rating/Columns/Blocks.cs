namespace Probity.Rating.Columns;

/// <summary>Divides rows into blocks and gives them to threads. Which thread computes a block makes no difference to what is computed.</summary>
internal static class Blocks
{
    /// <summary>Has every block done.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="size">Rows in a block; at least 1.</param>
    /// <param name="threads">How many work at a time; at least 1.</param>
    /// <param name="worker">Makes what one thread does with a block.</param>
    public static void ForEach(int rows, int size, int threads, Func<Action<Block>> worker)
    {
        int blocks = (rows + size - 1) / size;
        int next = -1;
        void Work()
        {
            Action<Block>? act = null;
            for (int number = Interlocked.Increment(ref next); number < blocks; number = Interlocked.Increment(ref next))
            {
                act ??= worker();
                act(new Block(number, number * size, Math.Min(size, rows - (number * size))));
            }
        }

        Together(Math.Min(threads, Math.Max(1, blocks)), Work);
    }

    /// <summary>Has a number of things done, each by whoever is free.</summary>
    public static void ForEach(int count, int threads, Action<int> act) => ForEach(count, 1, threads, () => block => act(block.From));

    private static void Together(int threads, Action work)
    {
        var others = new Task[threads - 1];
        for (int i = 0; i < others.Length; i++)
        {
            others[i] = Task.Run(work);
        }

        work();
        Task.WhenAll(others).GetAwaiter().GetResult();
    }
}
