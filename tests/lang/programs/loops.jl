# A loop over a collection of any kind gives the items that iterate gives by hand.
function byhand(x)
    out = Any[]
    y = iterate(x)
    while y !== nothing
        push!(out, y[1])
        y = iterate(x, y[2])
    end
    out
end
function byloop(x)
    out = Any[]
    for v in x
        push!(out, v)
    end
    out
end
A = reshape(collect(1:24), 4, 6)
xs = Any[Int8[1,-2,3], UInt8[1,255], Float32[1,2], Char['a','é'], Int16[3,4], UInt16[3], UInt32[7], Bool[true,false], Any[1,"a",nothing], "", "aé∀😀", "a\xffb\xe2\x88", codeunits("aé"), trues(70), BitVector([1,0,1]), falses(0),
 0.1:0.1:1.0, 1.0:-0.25:-1.0, range(0,1,length=7), 5:1, Int8(1):Int8(5), UInt8(250):UInt8(255), Int8(-128):Int8(-125), UInt64(3):UInt64(5), Int8(10):Int8(-3):Int8(-10), 10:-3:-10, UInt8(10):UInt8(50):UInt8(250), UInt8(10):Int8(-3):UInt8(1), typemax(Int)-1:typemax(Int), 'a':'e', 1:0x05, big(1):big(3), 1//2:5//2,
 Dict(1=>2,3=>4), Dict("a"=>1.5,"b"=>nothing), Dict{Any,Any}(:x=>1, 2=>"y"), Dict{Int,Int}(), Set([1,2,3]), Set(["x"]), keys(Dict(1=>2)), values(Dict(1=>2)), pairs([10,20]), pairs((a=1,b="x")), pairs((a=1,b=2)), pairs(A), pairs((5,6)), enumerate("héy"), enumerate([1,2.5]), enumerate(Any[1,"s"]), enumerate(Dict(1=>2)), enumerate(enumerate([4,5])), zip([1,2],"ab"), zip(1:3, [1.0,2.0]), zip("ab"), zip([1],[2],[3],4:9), zip(enumerate([1,2]), Set([9])), zip(1:0, [1]),
 Iterators.reverse([1,2,3]), Iterators.reverse(1:4), Iterators.reverse("abc"), view([1,2,3,4,5],2:4), view([1,2,3,4,5],5:-2:1), view(A,2,:), view(A,:,3), view(A,:,2:3), view(A,2:3,2:3), view(A,2,3), view([1,2,3],[3,1]), view(A,1:0,:), view(view([1,2,3,4,5],2:5),1:2:4),
 CartesianIndices((2,3)), CartesianIndices((2:3,0:1)), CartesianIndices(()), CartesianIndices((0,2)), CartesianIndices((3,)), Iterators.product(1:2,"ab"), Iterators.product([1,2],(3,4)), Iterators.product(1:2,1:0), Iterators.product(1:2,1:2,1:2), Iterators.product(1:0, 1:3),
 Iterators.take([1,2,3],2), Iterators.take(1:3,0), Iterators.take("abc",9), (x^2 for x in 1:4), (x for x in 1:10 if isodd(x)), (i+j for i in 1:2, j in 1:2), (i+j for i in 1:2 for j in 1:i), Iterators.filter(iseven, 1:6), Iterators.map(abs, [-1,2]), ((k,v) for (k,v) in Dict(1=>2) if v > 1), (2x for x in (y+1 for y in 1:3 if y != 2) if x > 2), (a=1,b=2.0), (;), 1=>2, (1,"a"), 7, nothing === nothing ? Ref(3) : 0, [i for i in 1:3], eachindex(A), eachindex("añb"), LinearIndices(A), skipmissing([1,missing,3]), Iterators.rest([1,2,3],2), Iterators.drop(1:5,2), Iterators.flatten([[1],[2,3]]), Iterators.partition(1:5,2), Base.OneTo(3), Base.OneTo(Int8(3)), Iterators.cycle([]), eachrow([1 2;3 4]), split("a b"), SubString("hello",2,4), "α"=>"β", Any[], [undef for i in 1:2], LinRange(0,1,5)]
bad = 0
for x in xs
    a, b = byhand(x), byloop(x)
    if !(isequal(a, b) && map(typeof, a) == map(typeof, b))
        global bad += 1
        println(typeof(x), ": by hand ", a, " by loop ", b)
    end
end
println(length(xs), " collections, ", bad, " differ")
