Console.Error.WriteLine("probity: no command yet");
return 2;
