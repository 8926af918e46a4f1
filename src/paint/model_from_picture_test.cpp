#include "paint/model_from_picture.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "paint/paint.h"

namespace nakawari {
namespace {

constexpr Rgba8 kSkin{253, 221, 196, 255}, kSkinShadow{235, 174, 143, 255}, kDeep{190, 130, 110, 255};
constexpr Rgba8 kShine{255, 240, 230, 255};

void fill(Raster& picture, int x0, int y0, int x1, int y1, Rgba8 c) {
  for (int y = y0; y < y1; ++y)
    for (int x = x0; x < x1; ++x) picture(x, y) = c;
}

/// Skin with its shadows and a shine, a blue coat behind a black line, a blend along the edge.
Raster sheet() {
  Raster picture(120, 80, kPaper);
  fill(picture, 10, 10, 60, 70, kSkin);
  fill(picture, 40, 10, 60, 70, kSkinShadow);
  fill(picture, 55, 10, 60, 70, kDeep);
  fill(picture, 15, 20, 20, 25, kShine);
  fill(picture, 60, 10, 62, 70, {0, 0, 0, 255});
  fill(picture, 62, 10, 110, 70, {40, 60, 180, 255});
  fill(picture, 110, 10, 111, 70, {147, 157, 217, 255});
  return picture;
}

const Style* style(const ColourModel& model, Rgba8 c) {
  return model.find(c, model.variants.front());
}

bool noted(const Report& notes, const std::string& what) {
  return std::any_of(notes.begin(), notes.end(), [&](const Note& note) { return note.what == what; });
}

TEST(ModelFromPicture, TakesFilledColoursWithRolesByWhatLiesBesideWhat) {
  Report notes;
  const auto model = model_from_picture(sheet(), {}, "s.png", notes);
  ASSERT_TRUE(model) << model.error().one_line();
  EXPECT_EQ(model->styles.size(), 6U);
  EXPECT_EQ(style(*model, kSkin)->role, StyleRole::normal);
  EXPECT_EQ(style(*model, kSkinShadow)->role, StyleRole::shadow);
  EXPECT_EQ(style(*model, kDeep)->role, StyleRole::shadow2);
  EXPECT_EQ(style(*model, kShine)->role, StyleRole::highlight);
  EXPECT_EQ(style(*model, {0, 0, 0, 255})->role, StyleRole::line);
  EXPECT_EQ(style(*model, {40, 60, 180, 255})->role, StyleRole::normal);
  for (const Rgba8 c : {kSkinShadow, kDeep, kShine})
    EXPECT_EQ(style(*model, c)->part, style(*model, kSkin)->part);
  // What was taken is a model that can be written and read.
  const auto again = read_colour_model(write_colour_model(*model), "m.toml");
  ASSERT_TRUE(again) << again.error().one_line();
  EXPECT_EQ(write_colour_model(*again), write_colour_model(*model));
}

TEST(ModelFromPicture, KnownColoursKeepTheirIdsAndNames) {
  Report notes;
  ColourModel known = *model_from_picture(sheet(), {}, "s.png", notes);
  known.styles[0].name = "Hana's skin";
  known.styles[0].id = 40;
  Raster picture = sheet();
  fill(picture, 80, 20, 100, 40, {90, 200, 90, 255});
  const auto model = model_from_picture(picture, known, "s.png", notes);
  ASSERT_TRUE(model);
  EXPECT_EQ(model->styles.size(), 7U);
  for (const Style& each : known.styles) {
    EXPECT_EQ(model->find(each.id)->name, each.name);
    EXPECT_EQ(model->find(each.id)->colours, each.colours);
  }
  EXPECT_EQ(style(*model, {90, 200, 90, 255})->id, 41);
}

TEST(ModelFromPicture, ReservedColoursAreLeftOutAndExplained) {
  Raster picture = sheet();
  fill(picture, 70, 20, 80, 30, kPaper);
  fill(picture, 70, 40, 80, 50, {254, 254, 254, 255});
  fill(picture, 85, 20, 90, 30, kCheckColour);
  fill(picture, 85, 40, 88, 60, {0, 0, 255, 255});
  Report notes;
  const auto model = model_from_picture(picture, {}, "s.png", notes);
  ASSERT_TRUE(model);
  for (const char* what : {"white", "near-white", "check-colour", "trace-ink"})
    EXPECT_TRUE(noted(notes, what)) << what;
  EXPECT_EQ(style(*model, kPaper), nullptr);
  EXPECT_EQ(style(*model, kCheckColour), nullptr);
  EXPECT_EQ(style(*model, {0, 0, 255, 255}), nullptr);
  EXPECT_NE(style(*model, {254, 254, 254, 255}), nullptr);
}

TEST(ModelFromPicture, RefusesWhatIsNotPainted) {
  Report notes;
  EXPECT_FALSE(model_from_picture(Raster(50, 50, kPaper), {}, "s.png", notes));
  EXPECT_FALSE(model_from_picture(Raster(), {}, "s.png", notes));
}

}  // namespace
}  // namespace nakawari
