@echo off
rem Builds Capbench if it is not built or its sources are newer, then runs it. All arguments go to Capbench.
setlocal
set "HOME_DIR=%~dp0"
set "APP=%HOME_DIR%app\target\capbench\capbench.jar"
set "JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo capbench: There is no Java here. Install a JDK, version 17 or newer ^(winget install EclipseAdoptium.Temurin.17.JDK^), or point JAVA_HOME at one. 1>&2
  exit /b 1
)
if not exist "%APP%" goto build
powershell -NoProfile -Command "$built = (Get-Item -LiteralPath $env:APP).LastWriteTimeUtc; $resources = 'styles', 'fonts', 'icons', 'taxonomies', 'models', 'prompts' | ForEach-Object { Join-Path $env:HOME_DIR \"resources\$_\" }; $sources = @(Join-Path $env:HOME_DIR 'pom.xml') + @(Get-ChildItem -LiteralPath $env:HOME_DIR -Directory | ForEach-Object { Join-Path $_.FullName 'pom.xml'; Join-Path $_.FullName 'src\main' }) + $resources | Where-Object { Test-Path -LiteralPath $_ }; if (Get-ChildItem -LiteralPath $sources -Recurse -File | Where-Object { $_.LastWriteTimeUtc -gt $built } | Select-Object -First 1) { exit 3 }"
if %errorlevel% neq 3 goto run
:build
echo capbench: building; the first time this takes some minutes and needs the internet ... 1>&2
pushd "%HOME_DIR%"
call mvnw.cmd -B -q -DskipTests -Dspotless.check.skip=true package 1>&2
if errorlevel 1 (
  popd
  echo capbench: The build failed; what Maven said stands above. 1>&2
  exit /b 1
)
popd
:run
"%JAVA%" "@%HOME_DIR%resources\jvm.options" "-Dcapbench.home=%HOME_DIR%." %CAPBENCH_JAVA_OPTIONS% -jar "%APP%" %*
exit /b %errorlevel%
