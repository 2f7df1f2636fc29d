// Reads the compiled methods of an assembly for what they call: a convention holds for lambdas and iterators too, and no comment trips it.
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace MailAdmin.Tests.Conventions;

/// <summary>Which types call which methods.</summary>
internal static class MethodReferences
{
    private static readonly Dictionary<short, OperandType> s_operands = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value, code => code.OperandType);

    /// <summary>The outermost types of an assembly with the full names of the methods and constructors that they call, such as <c>Cmdlet.ShouldProcess</c>.</summary>
    public static ILookup<string, string> ReadCalls(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        MetadataReader reader = file.GetMetadataReader();
        return reader.MethodDefinitions
            .Select(reader.GetMethodDefinition)
            .Where(method => method.RelativeVirtualAddress != 0)
            .SelectMany(method => ReadTokens(file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!)
                .Select(token => (Caller: GetOutermostType(reader, method.GetDeclaringType()), Called: GetName(reader, token))))
            .Where(call => call.Called is not null)
            .Distinct()
            .ToLookup(call => call.Called!, call => call.Caller);
    }

    private static IEnumerable<EntityHandle> ReadTokens(byte[] code)
    {
        for (int i = 0; i < code.Length;)
        {
            short value = code[i++];
            if (value == 0xFE)
            {
                value = unchecked((short)(0xFE00 | code[i++]));
            }
            OperandType operand = s_operands[value];
            if (operand is OperandType.InlineMethod or OperandType.InlineTok)
            {
                yield return MetadataTokens.EntityHandle(BitConverter.ToInt32(code, i));
            }
            i += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, i)),
                _ => 4,
            };
        }
    }

    private static string? GetName(MetadataReader reader, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.MethodSpecification:
                return GetName(reader, reader.GetMethodSpecification((MethodSpecificationHandle)handle).Method);
            case HandleKind.MethodDefinition:
                MethodDefinition method = reader.GetMethodDefinition((MethodDefinitionHandle)handle);
                return $"{reader.GetString(reader.GetTypeDefinition(method.GetDeclaringType()).Name)}.{reader.GetString(method.Name)}";
            case HandleKind.MemberReference:
                MemberReference member = reader.GetMemberReference((MemberReferenceHandle)handle);
                return member.Parent.Kind == HandleKind.TypeReference
                    ? $"{reader.GetString(reader.GetTypeReference((TypeReferenceHandle)member.Parent).Name)}.{reader.GetString(member.Name)}"
                    : null;
            default:
                return null;
        }
    }

    private static string GetOutermostType(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        return type.IsNested
            ? GetOutermostType(reader, type.GetDeclaringType())
            : $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
    }
}
