# Dot-sourced in BeforeDiscovery: the two families of servers, for tests that hold for both. Up to 0.15 they are administered over REST and a name is a
# login; from 0.16 on over JMAP, and the name of an account, a group or a list is its primary address.

$Families = @(
    @{ Family = 'REST'; Version = '0.11'; At = '' }
    @{ Family = 'JMAP'; Version = '0.16'; At = '@example.org' }
)
