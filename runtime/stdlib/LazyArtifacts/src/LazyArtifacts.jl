# LazyArtifacts: artifacts that would be downloaded when they are first asked for.

"""
    LazyArtifacts

`artifact"name"` for artifacts that are marked `lazy`. They are found where they are in a depot; none is downloaded
here, and what is not there is an error that says so.
"""
module LazyArtifacts

using Artifacts: Artifacts, artifact_exists, artifact_hash, artifact_meta, artifact_path, select_downloadable_artifacts, find_artifacts_toml, @artifact_str

export artifact_exists, artifact_hash, artifact_meta, artifact_path, select_downloadable_artifacts, find_artifacts_toml, @artifact_str

end
