# Installs the sinew program of a release on Windows, after comparing it with the checksum of the release.
#
#     .\install.ps1 -Repository OWNER/NAME [-Version v1.2.3] [-To FOLDER]
#
# Without a version the newest release is taken; FOLDER is %LOCALAPPDATA%\sinew unless set.
param(
    [Parameter(Mandatory = $true)][string]$Repository,
    [string]$Version = "",
    [string]$To = (Join-Path $env:LOCALAPPDATA "sinew")
)
$ErrorActionPreference = "Stop"

$file = "sinew-x86_64-pc-windows-msvc.zip"
$from = if ($Version) { "https://github.com/$Repository/releases/download/$Version" }
        else { "https://github.com/$Repository/releases/latest/download" }
$work = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid())
New-Item -ItemType Directory $work | Out-Null
try {
    foreach ($name in $file, "SHA256SUMS") {
        Invoke-WebRequest -UseBasicParsing "$from/$name" -OutFile (Join-Path $work $name)
    }
    $line = Get-Content (Join-Path $work "SHA256SUMS") | Where-Object { ($_ -split '\s+')[1] -eq $file }
    if (-not $line) { throw "SHA256SUMS has no line for $file" }
    $want = ($line -split '\s+')[0]
    $found = (Get-FileHash -Algorithm SHA256 (Join-Path $work $file)).Hash.ToLower()
    if ($want -ne $found) { throw "$file is not what the release says: its SHA-256 is $found and not $want; nothing was installed" }
    Expand-Archive (Join-Path $work $file) -DestinationPath $work
    New-Item -ItemType Directory -Force $To | Out-Null
    Copy-Item -Force (Join-Path $work "sinew\sinew.exe") $To
    $exe = Join-Path $To "sinew.exe"
    Write-Output "${exe}: $(& $exe --version)"
    if (($env:Path -split ';') -notcontains $To) { Write-Output "$To is not in PATH yet" }
} finally {
    Remove-Item -Recurse -Force $work
}
