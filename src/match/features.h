/// \file
/// Places of a drawing that can be found again as points: line ends, junctions and corners. Along a smooth
/// line nothing tells one place from the next; features say how far along it lies.
#pragma once

#include <vector>

#include "drawing/drawing.h"
#include "match/sample_graph.h"

namespace nakawari {

/// The lines that leave a place, as directions.
struct Feature {
  Vec2 at;
  std::vector<std::int32_t> samples;  ///< the samples at the place
  std::vector<float> branches;        ///< directions of the lines that leave it, radians, rising
};

/// Nodes but those a line only passes through, and sharp bends within strokes. In rising order of first
/// sample.
std::vector<Feature> features(const Drawing& drawing, const SampleGraph& graph);

/// How differently the lines leave two features once the first is turned: 0 alike, 1 and more unlike.
float unlike(const Feature& a, float rotation, const Feature& b);

}  // namespace nakawari
