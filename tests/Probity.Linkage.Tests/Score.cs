namespace Probity.Linkage.Tests;

/// <summary>Right, wrong and missed of a comparison with labels.</summary>
internal sealed class Score
{
    private long _right;
    private long _wrong;
    private long _missed;

    public double Precision => _right + _wrong == 0 ? 1 : (double)_right / (_right + _wrong);

    public double Recall => _right + _missed == 0 ? 1 : (double)_right / (_right + _missed);

    public double F1 => 2 * Precision * Recall / (Precision + Recall);

    public void Count(bool match, bool found)
    {
        _right += match && found ? 1 : 0;
        _wrong += !match && found ? 1 : 0;
        _missed += match && !found ? 1 : 0;
    }

    public override string ToString() => $"precision {Precision:F3} recall {Recall:F3} F1 {F1:F3} (right {_right}, wrong {_wrong}, missed {_missed})";
}
