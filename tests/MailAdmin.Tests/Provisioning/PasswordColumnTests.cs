using MailAdmin.Client;

namespace MailAdmin.Tests.Provisioning;

/// <summary>What stands in a column of passwords and is none: digests of other systems, and asterisks.</summary>
public sealed class PasswordColumnTests
{
    [Theory]
    [InlineData("md5a9993e364706816aba3e25717850c26c")]
    [InlineData("AQAAAAEAACcQAAAAEBLjouNqaeiVWbN0TbXUS3+ChW3d7aQIk/BQEkWBxlrdRRngp14b0BIH0Rp65qD6mA==")]
    [InlineData("AQAAAAIAAYagAAAAELlr8mZ7+yTRTdLGWJbDhI3fXnWWHlYwqJ8+OBVvZ0OYHC9OlkJ5NKI7gfNzCJpeiA==")]
    [InlineData("AAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoKSorLC0uLw==")]
    public void A_digest_of_another_system_is_not_hashed_as_if_it_were_the_password(string digest) =>
        ImportFixture.PlanText($"Name,Email,Password\nann,ann@example.org,{digest}\n").Row(1).Errors.ShouldHaveSingleItem().ErrorId.ShouldBe("PasswordUnsupported");

    [Theory]
    [InlineData("md5 is a digest of 32 characters!")]
    [InlineData("AQAAAA")]
    public void A_password_that_only_begins_so_is_one(string password) =>
        ImportFixture.PlanText($"Name,Email,Password\nann,ann@example.org,{password}\n").Row(1).Errors.ShouldBeEmpty();

    [Theory]
    [InlineData("System.Security.SecureString")]
    [InlineData("NULL")]
    [InlineData("<hidden>")]
    [InlineData("#REF!")]
    [InlineData("-")]
    [InlineData("none")]
    [InlineData("x")]
    public void A_placeholder_is_no_password(string placeholder)
    {
        ImportFixture.PlanText($"Name,Email,Password\nann,ann@example.org,{placeholder}\n").Row(1).Errors.ShouldHaveSingleItem().ErrorId.ShouldBe("PasswordMissing");
        ImportFixture.PlanText($"Name,Email,Password\nann,ann@example.org,{{PLAIN}}{placeholder}\n").Row(1).Errors.ShouldBeEmpty();
        ImportFixture.PlanText("Name,Email,Password\nann,ann@example.org,\u2022\u2022\u2022\u2022\n", new ImportOptions()).Row(1).Errors.ShouldHaveSingleItem();
    }

    [Fact]
    public void Asterisks_are_said_not_to_be_read()
    {
        const string Table = "Name,Email,Password\nann,ann@example.org,****\nben,ben@example.org,secret\n";
        ImportFixture.PlanText(Table, new ImportOptions()).Row(1).Errors.ShouldHaveSingleItem().Message.ShouldContain("asterisks");
        ImportFixture.PlanText(Table).Warnings.ShouldHaveSingleItem().ShouldStartWith("1 password is asterisks");
    }
}
