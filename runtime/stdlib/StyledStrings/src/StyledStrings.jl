# Styled text: faces, which say what text looks like, styled"..." literals, and how both
# are shown in terminals and as HTML.
module StyledStrings

using Base: AnnotatedString, AnnotatedChar, AnnotatedIOBuffer, RegionAnnotation, Annotation, AnyAnnotated, annotations, annotate!,
    annotatedstring, eachregion, unannotate, buffer_text
using Base.ScopedValues: ScopedValue, with

export AnnotatedString, AnnotatedChar, AnnotatedIOBuffer, annotations, annotate!, annotatedstring
export @styled_str
public Face, SimpleColor, addface!, withfaces, styled

include("faces.jl")
include("faceshow.jl")
include("facetable.jl")
include("terminal.jl")
include("html.jl")
include("markup.jl")
include("legacy.jl")

using .StyledMarkup

end
