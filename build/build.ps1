# What build.sh does, for Windows PowerShell 5.1 and later. Called by build.cmd.
[CmdletBinding()]
param([Parameter(Position = 0, ValueFromRemainingArguments = $true)][string[]] $BuildArguments)

# Not 'Stop': Windows PowerShell would then take the first line that a program writes to standard error for a failure.
$ErrorActionPreference = 'Continue'
Set-StrictMode -Version Latest

$root = Split-Path -Parent $PSScriptRoot
Set-Location -LiteralPath $root
$env:DOTNET_NOLOGO = '1'
$env:DOTNET_CLI_UI_LANGUAGE = 'en'

function Stop-Build([string[]] $lines) {
    $lines | ForEach-Object { [Console]::Error.WriteLine($_) }
    exit 1
}

# Runs dotnet and returns its lines; $LASTEXITCODE tells how it ended.
function Invoke-DotNet {
    & dotnet @args 2>&1 | ForEach-Object { "$_" }
}

function Assert-Sdk {
    $wanted = (Get-Content -Raw -LiteralPath global.json | ConvertFrom-Json).sdk.version
    if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
        Stop-Build "The .NET SDK was not found. Install version $wanted or a later one of the same line from https://dot.net, and put 'dotnet' on the PATH."
    }
    Invoke-DotNet --version | Out-Null
    if ($LASTEXITCODE -ne 0) {
        $installed = @(Invoke-DotNet --list-sdks | ForEach-Object { "  $_" })
        Stop-Build (@("No installed .NET SDK fits global.json, which asks for $wanted or a later one of the same line. Installed are:") + $installed + 'Install a fitting one from https://dot.net.')
    }
}

# True if the restore failed for no other reason than that the package source does not have Nuke.Common. A source that could not be
# reached says nothing about what it has, so that is no reason to go on with something else.
function Test-OnlyNukeIsMissing([string[]] $log) {
    $errors = @($log | Where-Object { $_ -match '(^|[^A-Za-z0-9])error[ :]' -and $_ -notmatch 'error NU1102: +- Found ' })
    $others = @($errors | Where-Object { $_ -notmatch 'error NU110[12]: Unable to find package Nuke\.Common(\. | with )' })
    return $errors.Count -gt 0 -and $others.Count -eq 0
}

function Select-Engine {
    $wanted = if ($env:PRODEV_BUILD_ENGINE) { $env:PRODEV_BUILD_ENGINE } else { 'auto' }
    if ($wanted -ceq 'nuke' -or $wanted -ceq 'standin') { return $wanted }
    if ($wanted -cne 'auto') { Stop-Build "PRODEV_BUILD_ENGINE is '$wanted'. It must be nuke, standin or auto." }

    $log = @(Invoke-DotNet restore build/_build.csproj '-p:BuildEngine=nuke')
    if ($LASTEXITCODE -eq 0) { return 'nuke' }
    if (Test-OnlyNukeIsMissing $log) { return 'standin' }
    Stop-Build ($log + 'Whether the package source has Nuke.Common could not be found out; the errors above say why.' + 'Mend that and run again, or set PRODEV_BUILD_ENGINE=standin to build without asking.')
}

Assert-Sdk
$engine = Select-Engine
if ($engine -eq 'nuke') { 'Build engine: Nuke.Common (nuke)' } else { 'Build engine: the stand-in for Nuke.Common (standin)' }

$log = @(Invoke-DotNet build build/_build.csproj "-p:BuildEngine=$engine" --nologo -v quiet)
if ($LASTEXITCODE -ne 0) {
    Stop-Build ($log + 'The build itself (build/_build.csproj) could not be compiled; the errors above say why.')
}

if ($null -eq $BuildArguments) { $BuildArguments = @() }
& dotnet (Join-Path $root "artifacts/build/$engine/run/_build.dll") @BuildArguments
exit $LASTEXITCODE
