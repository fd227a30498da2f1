# What the driver of the model test does in this system only: selects, timeouts,
# programs in virtual time.

function extra(w, k, a)
    c(i) = w.channels[parse(Int, a[i])]
    n(i) = parse(Int, a[i])
    if k == "take2" # from one of two
        Weft.@select begin
            x = take!(c(1)) => "1 $x"
            x = take!(c(2)) => "2 $x"
        end
    elseif k == "either" # take from one, or put into the other
        Weft.@select begin
            x = take!(c(1))    => "1 $x"
            put!(c(2), n(3))   => "2"
        end
    elseif k == "take2d" # with a default
        Weft.@select begin
            x = take!(c(1)) => "1 $x"
            x = take!(c(2)) => "2 $x"
            default         => "0"
        end
    elseif k == "takew" # for a time
        Weft.@select begin
            x = take!(c(1)) => "1 $x"
            after(n(2))     => "2"
        end
    elseif k == "putw"
        Weft.@select begin
            put!(c(1), n(2)) => "1"
            after(n(3))      => "2"
        end
    else
        error("no operation $k")
    end
end

run_virtual(text) = Weft.@virtual run_program(text, () -> sleep(1000))
