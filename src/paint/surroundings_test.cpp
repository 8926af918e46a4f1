#include "paint/surroundings.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace nakawari {
namespace {

enum { kGround, kSkin, kShirt, kCuff, kStyles };

/// Boxes in each other on the ground, outermost first, px.
std::shared_ptr<const RegionMap> boxes(const std::vector<int>& sizes) {
  Raster page(200, 200, kPaper);
  for (const int size : sizes)
    for (int k = 0; k < size; ++k)
      for (const auto& [x, y] :
           {std::pair{k, 0}, std::pair{k, size - 1}, std::pair{0, k}, std::pair{size - 1, k}})
        page(100 - size / 2 + x, 100 - size / 2 + y) = {0, 0, 0, 255};
  return std::make_shared<RegionMap>(find_regions(classify_lines(page)));
}

std::vector<float> surely(int style) {
  std::vector<float> belief(kStyles);
  belief[static_cast<std::size_t>(style)] = 1;
  return belief;
}

class Surroundings : public testing::Test {
 protected:
  Surroundings() {
    maps_ = {boxes({160, 100, 50}), boxes({150, 94, 48})};
    problem_.styles = kStyles;
    problem_.fixed = {{kGround, kSkin, kCuff, kShirt}, {-1, -1, -1, -1}};
    belief_ = {{surely(kGround), surely(kSkin), surely(kCuff), surely(kShirt)},
               {surely(kGround), surely(kSkin), {0, 0, 0.3F, 0.2F}, surely(kShirt)}};
  }
  int best(std::size_t region) const {
    const auto& b = belief_[1][region];
    return static_cast<int>(std::max_element(b.begin(), b.end()) - b.begin());
  }
  std::vector<std::shared_ptr<const RegionMap>> maps_;
  LabelProblem problem_;
  LabelBelief belief_;
};

TEST_F(Surroundings, TellARegionThatMotionMistook) {
  ASSERT_EQ(maps_[1]->regions.size(), 4U);
  ASSERT_EQ(best(2), kShirt);
  weigh_by_surroundings(maps_, problem_, {true, false}, {}, belief_);
  EXPECT_EQ(best(2), kCuff) << "what lies between skin and shirt is the cuff";
  float sum = 0;
  for (const float b : belief_[1][2]) sum += b;
  EXPECT_NEAR(sum, 0.5F, 1e-5F) << "they do not make it surer";
}

TEST_F(Surroundings, LeaveAloneWhatIsSureFixedOrUnheardOf) {
  belief_[1][2] = {0, 0, 0.95F, 0.02F};
  belief_[1][3] = std::vector<float>(kStyles);
  const LabelBelief before = belief_;
  weigh_by_surroundings(maps_, problem_, {true, false}, {}, belief_);
  EXPECT_EQ(belief_, before);
}

}  // namespace
}  // namespace nakawari
