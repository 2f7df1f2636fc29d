@{
    2 = @{ Before = { Set-Content addresses.csv 'address', '198.51.100.7', '203.0.113.0/24' } }
}
