using System.Globalization;
using Nuke.Common;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace ProDev.Build.StandIn;

/// <summary>The console of a run: everything passes the mask for secrets, and the log writes to it.</summary>
internal sealed class BuildConsole : IDisposable
{
    private const string LineFormat = "{Timestamp:HH:mm:ss} [{Level:u3}] {Message:lj}{NewLine}{Exception}";

    private static readonly LoggingLevelSwitch Level = new(LogEventLevel.Debug);

    private readonly TextWriter _output = Console.Out;
    private readonly TextWriter _error = Console.Error;

    public BuildConsole()
    {
        Console.SetOut(TextWriter.Synchronized(new MaskingWriter(_output)));
        Console.SetError(TextWriter.Synchronized(new MaskingWriter(_error)));
        Log.Logger = new LoggerConfiguration()
            .MinimumLevel.ControlledBy(Level)
            .WriteTo.Console(outputTemplate: LineFormat, formatProvider: CultureInfo.InvariantCulture)
            .CreateLogger();
    }

    public static void SetVerbosity(Verbosity verbosity) => Level.MinimumLevel = verbosity switch
    {
        Verbosity.Verbose => LogEventLevel.Verbose,
        Verbosity.Minimal => LogEventLevel.Warning,
        Verbosity.Quiet => LogEventLevel.Error,
        _ => LogEventLevel.Debug,
    };

    public void Dispose()
    {
        Log.CloseAndFlush();
        Console.Out.Flush();
        Console.Error.Flush();
        Console.SetOut(_output);
        Console.SetError(_error);
        Level.MinimumLevel = LogEventLevel.Debug;
    }
}
