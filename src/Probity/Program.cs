using Probity.Commands;

return await CommandTree.Run(args, Console.Out, Console.Error);
