# What is of this system's own and not of Julia's. Base.jl lists the files of the
# module, each with the part of Base that it needs; they are loaded on demand. A
# method that they add to a function of Base is written Base.f(...) = ...: it comes
# with the module.

export Weft

"""
    Weft

What this system offers beyond Julia. Nothing of it is exported to programs that do
not ask for it: write `Weft.tasks()`, or `using Weft`.
"""
module Weft

export virtual_time
export @timeline, @trace, ChannelInfo, ChannelTable, StuckTable, StuckTask, TaskInfo, TaskTable, TaskView, cancel, channels, inspect, monitor, name, name!, notices, on_rerun, stuck, tasks, timeline

end
