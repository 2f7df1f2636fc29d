# no test
