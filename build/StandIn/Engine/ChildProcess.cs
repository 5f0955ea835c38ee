using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using Nuke.Common.Tooling;
using Serilog;

namespace ProDev.Build.StandIn;

/// <summary>Runs one process, passes its lines on as they come, and keeps them.</summary>
internal sealed class ChildProcess : IProcess
{
    private readonly ChildCommand _command;
    private readonly Process _process;
    private readonly ConcurrentQueue<Output> _output = new();

    public ChildProcess(ChildCommand command)
    {
        _command = command;
        foreach (string secret in command.Secrets)
        {
            SecretMask.Add(secret);
        }

        _process = new Process { StartInfo = StartInfo(command) };
        _process.OutputDataReceived += (_, line) => Take(OutputType.Std, line.Data);
        _process.ErrorDataReceived += (_, line) => Take(OutputType.Err, line.Data);
    }

    public string FileName => _command.FileName;

    public string Arguments => SecretMask.Apply(_command.Arguments);

    public IReadOnlyCollection<Output> Output => _output;

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts the process and waits for its end and its last line.</summary>
    public void Run()
    {
        if (_command.LogInvocation)
        {
            Log.Information("> {FileName:l} {Arguments:l}", FileName, Arguments);
        }

        Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (_command.Timeout is not { } limit)
        {
            _process.WaitForExit();
        }
        else if (_process.WaitForExit(limit))
        {
            _process.WaitForExit();
        }
        else
        {
            _process.Kill(entireProcessTree: true);
            throw new ProcessException($"Process '{FileName}' did not end within {limit.TotalSeconds:0.#} seconds and was ended.");
        }
    }

    public void AssertZeroExitCode()
    {
        if (ExitCode != 0)
        {
            throw new ProcessException($"Process '{FileName}' exited with code {ExitCode}.");
        }
    }

    public void Dispose() => _process.Dispose();

    private void Start()
    {
        try
        {
            _process.Start();
        }
        catch (Win32Exception exception)
        {
            throw new ProcessException($"Process '{FileName}' could not be started: {exception.Message}. Is it installed and on the PATH?");
        }
    }

    private static ProcessStartInfo StartInfo(ChildCommand command)
    {
        var info = new ProcessStartInfo(command.FileName, command.Arguments)
        {
            WorkingDirectory = command.WorkingDirectory ?? string.Empty,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (command.Environment is { } environment)
        {
            info.Environment.Clear();
            foreach ((string name, string value) in environment)
            {
                info.Environment[name] = value;
            }
        }

        return info;
    }

    private void Take(OutputType type, string? line)
    {
        if (line is null)
        {
            return;
        }

        string text = SecretMask.Apply(line);
        _output.Enqueue(new Output { Type = type, Text = text });
        if (_command.LogOutput)
        {
            (_command.Logger ?? LogLine)(type, text);
        }
    }

    private static void LogLine(OutputType type, string text)
    {
        if (type == OutputType.Err || text.Contains(": error ", StringComparison.Ordinal))
        {
            Log.Error("{Line:l}", text);
        }
        else if (text.Contains(": warning ", StringComparison.Ordinal))
        {
            Log.Warning("{Line:l}", text);
        }
        else
        {
            Log.Debug("{Line:l}", text);
        }
    }
}
