using Probity.Verifier;

return await VerifierCommands.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
