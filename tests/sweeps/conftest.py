"""The sweeps ask every address that the site has, with the things of the permission matrix in place."""

from tests.test_permission_matrix import address, cast  # noqa: F401 -- fixtures
