namespace MailAdmin.Quickstart;

/// <summary>Where the sample's script and data are, found from where the program runs.</summary>
internal static class SampleFolder
{
    public static string File(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = Path.Combine(folder.FullName, name);
            if (System.IO.File.Exists(file))
            {
                return file;
            }
        }
        throw new FileNotFoundException($"'{name}' is not in any folder above {AppContext.BaseDirectory}.");
    }
}
