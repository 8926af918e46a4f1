/// \file
/// The skeleton as a graph of pixel chains: what is a line, what is an end, what is a junction.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "geometry/vec2.h"
#include "trace/thinning.h"

namespace nakawari::tracing {

/// A place where chains end or meet; a merged junction keeps the pixels of all its parts.
struct Joint {
  Vec2 centre;              ///< mean of its pixels' centres
  double radius = 0;        ///< of the greatest disc of ink around any of its pixels
  std::vector<int> chains;  ///< chains that end here, a loop twice; rising
  bool alive = true;
};

/// Pixels from one joint to the other, both joints' pixels included at first.
struct Chain {
  std::array<int, 2> joint{-1, -1};
  std::vector<std::int32_t> pixels;  ///< page indices; a loop without joints repeats none
  bool alive = true;
};

struct PixelGraph {
  int width = 0;  ///< of the page
  std::vector<Joint> joints;
  std::vector<Chain> chains;

  [[nodiscard]] Vec2 centre_of(std::int32_t pixel) const {
    const int x = pixel % width, y = pixel / width;
    return {x + 0.5, y + 0.5};
  }
};

/// Radius of the greatest disc of ink around a pixel's centre, from its depth.
double disc_radius(const Skeleton& skeleton, std::int32_t pixel);

/// Cuts the skeleton into chains at its ends and junctions. A loop without a junction gets a joint of its
/// own at its first pixel in scan order.
PixelGraph build_graph(const Skeleton& skeleton);

/// Removes short side branches that explain no ink of their own: the tip's disc reaches beyond the discs
/// of the junction by less than a share of the local width. Chains that then meet two by two are joined.
void prune_spurs(PixelGraph& graph, const Skeleton& skeleton);

/// Makes one junction of those that lie closer than the local width. Loops stay: a chain is only taken
/// away where its two ends become one joint for the first time.
void merge_junctions(PixelGraph& graph);

}  // namespace nakawari::tracing
