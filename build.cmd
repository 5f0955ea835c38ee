@echo off
rem Runs the build on Windows: build.cmd [TARGET ...] [--option value ...]     build.cmd --help lists both.
rem PRODEV_BUILD_ENGINE chooses what build\Build.cs runs on: nuke, standin or auto. See build\build.ps1.
powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0build\build.ps1" %*
exit /b %ERRORLEVEL%
