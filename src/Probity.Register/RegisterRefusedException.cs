namespace Probity.Register;

/// <summary>The register cannot answer from what is in its data folder; nothing was changed.</summary>
/// <param name="code">Stable: "register.no-data", "register.no-run".</param>
/// <param name="message">What is wrong and what to do.</param>
public sealed class RegisterRefusedException(string code, string message) : Exception(message)
{
    /// <summary>The stable reason.</summary>
    public string Code { get; } = code;
}
