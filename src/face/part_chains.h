/// \file
/// Lines as the hand drew them. Tracing cuts a line wherever another meets it, at other places in every
/// drawing; a chain runs on through such junctions where direction, width and ink go on. Chains of two
/// drawings are laid over each other whole: in order, thick on thick, ink on ink, and one may lie on a piece
/// of another (an iris that is closed in one drawing and cut by the lids in the next).
///
/// Source: local alignment of sequences (Smith and Waterman 1981) on points of curves.
#pragma once

#include <vector>

#include "match/sample_graph.h"

namespace nakawari {

/// Samples of a graph in order along one line. `closed`: the last is followed by the first.
struct Chain {
  std::vector<std::int32_t> samples;
  bool closed = false;
};

/// Every sample stands in exactly one chain.
std::vector<Chain> chains_of(const SampleGraph& graph);

/// Where a line ends at another that runs on through the node, the end gets a node of its own, so that it may
/// slide along: an iris under its lid. `graph`: of the drawing.
void loosen_joints(Drawing& drawing, const SampleGraph& graph);

/// A piece of a chain laid on a piece of another: indices into their samples, both in order (`b` falls when
/// the two were drawn in opposite directions). An index beyond a closed chain's end counts on from its start.
struct LaidPiece {
  int a = 0, b = 0;
  std::vector<std::pair<int, int>> path;
  double score = 0;  ///< about the number of samples that lie well
};

/// Where the samples of a graph were moved, and which way its lines run there.
struct Moved {
  std::vector<Vec2> position;
  std::vector<Vec2> tangent;
};

/// Lays the chains of `from`, moved, on those of `to`: the best pair of pieces first, each sample once.
/// taken: per sample of `from`, that it has its place; then the others may lie where some lie already (the
/// bottom of an iris on the lower lid).
/// reach: px within which a sample counts as near. Cost: the product of the samples of one ink that lie
/// within reach, some 20 ms for an eye.
std::vector<LaidPiece> lay_chains(const SampleGraph& from, const std::vector<Chain>& from_chains,
                                  const Moved& moved, const SampleGraph& to,
                                  const std::vector<Chain>& to_chains, double reach,
                                  const std::vector<char>& taken = {});

}  // namespace nakawari
