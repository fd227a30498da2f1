# LibGit2: repositories of git, by the command `git`. hashes.jl has hashes and errors, repository.jl what a repository
# is asked, changes.jl what changes it.

"""
    LibGit2

Repositories of git: what Julia's module of this name does through a C library is done here by the command `git`, which
has to be there. That is what programs use most: opening, making and cloning repositories, their head, branches, tags,
commits, settings and remotes, and whether something has changed.
"""
module LibGit2

import Dates

export with, GitRepo, GitConfig

include("hashes.jl")
include("repository.jl")
include("changes.jl")

end
