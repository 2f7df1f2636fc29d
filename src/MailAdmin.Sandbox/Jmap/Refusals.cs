using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>Turns what refuses an object into its SetError.</summary>
internal static class Refusals
{
    public static void Catch(Action act, Action<SetException> refuse)
    {
        try
        {
            act();
        }
        catch (SetException refused)
        {
            refuse(refused);
        }
        catch (PatchException refused)
        {
            refuse(SetException.InvalidPatch(refused));
        }
        catch (StoreException refused)
        {
            refuse(SetException.From(refused));
        }
    }
}
