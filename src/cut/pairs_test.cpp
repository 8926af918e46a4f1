#include "cut/pairs.h"

#include <gtest/gtest.h>

#include "match/test_drawings.h"

namespace nakawari {
namespace {

TEST(EyesOfPair, WhatTheSheetNamesGivesWayToGroupsThatAPersonMade) {
  const Drawing key =
      test::Sketch().line({10, 10}, {90, 10}).line({10, 50}, {90, 50}).line({10, 90}, {90, 90}).done();
  const std::vector<NamedEye> named{
      {"eye L", "neutral", 1, {{0, PartKind::upper_lid}, {1, PartKind::iris}, {2, PartKind::lower_lid}}}};
  const auto strokes = [](const EyeNames& names, bool said) {
    std::vector<std::pair<StrokeId, EyePart>> list;
    for (const EyeLines& lines : names.lines)
      if (lines.said == said)
        for (const StrokeRun& run : lines.runs) list.emplace_back(run.stroke, lines.part);
    return list;
  };
  using List = std::vector<std::pair<StrokeId, EyePart>>;
  EXPECT_EQ(strokes(eyes_of_pair({}, {named, {}}, key, key), false),
            (List{{0, EyePart::upper_lid}, {2, EyePart::lower_lid}, {1, EyePart::iris}}));
  EXPECT_TRUE(eyes_of_pair({}, {}, key, key).lines.empty()) << "with no sheet nothing changes";
  // Whatever the person calls what lies in the group: in that key alone.
  const std::vector<Vec2> lasso{{0, 40}, {100, 40}, {100, 60}, {0, 60}};
  for (const char* name : {"", "hair", "eye R highlight"})
    EXPECT_EQ(strokes(eyes_of_pair({{"f", true, lasso, name}}, {named, named}, key, key), false),
              (List{{0, EyePart::upper_lid},
                    {2, EyePart::lower_lid},
                    {0, EyePart::upper_lid},
                    {2, EyePart::lower_lid},
                    {1, EyePart::iris}}));
  EXPECT_EQ(eyes_of_pair({{"f", true, lasso, "eye R highlight"}}, {named, {}}, key, key).lines.front().eye,
            "eye R");
  // Names of strokes that the key does not have are of another drawing.
  EXPECT_TRUE(
      eyes_of_pair({}, {{{"eye L", "neutral", 1, {{7, PartKind::iris}}}}, {}}, key, key).lines.empty());
}

}  // namespace
}  // namespace nakawari
