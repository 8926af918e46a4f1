/// \file
/// Ways of making the drawing between two keys that anyone can have today, for the rows beside ours. They get
/// the same pictures and the same t. Grey pictures: 0 = ink, 255 = paper.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "image/grid.h"

namespace nakawari::bench {

using Grey = Grid<std::uint8_t>;

Grey grey_of(const Raster& picture);
Raster raster_of(const Grey& grey);

/// Both keys at once, each as strong as it is near.
Grey cross_fade(const Grey& a, const Grey& b, double t);

/// Where each pixel of one picture lies in the other: x + u, y + v.
struct FlowField {
  Grid<float> u, v;
};

/// OpenCV's DIS optical flow on the keys' line-distance maps (a flow on thin lines alone has nothing to hold
/// on to between them). Cost: about 0.1 s at 1024x1024. Source: Kroeger et al. 2016.
FlowField line_flow(const Grey& from, const Grey& to);

/// Flow both ways: each key's line-distance map is carried to t, the two are mixed by nearness and drawn
/// again as a line of the keys' width.
Grey flow_between(const Grey& a, const Grey& b, const FlowField& a_to_b, const FlowField& b_to_a, double t);

/// ffmpeg's motion-compensated minterpolate filter, as a child process on raw frames in a temporary folder.
/// Each key is given twice, since the filter looks one frame back and ahead.
/// Errors: missing_tool, io.
Result<Grey> minterpolate(const Grey& a, const Grey& b, double t);

}  // namespace nakawari::bench
