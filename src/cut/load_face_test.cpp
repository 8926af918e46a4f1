#include "cut/load_face.h"

#include <gtest/gtest.h>

namespace nakawari {
namespace {

TEST(LoadFace, WhatAnotherCelShowsIsNotMissingHere) {
  ExpressionSheet sheet;
  sheet.parts = {{"eye", PartKind::upper_lid, "", "eyes", {}}, {"mouth", PartKind::mouth, "", "lips", {}}};
  sheet.parameters = {{"joy"}, {"a", ParameterKind::mouth}, {"tears"}};
  FaceSample neutral, joy, vowel;
  neutral.pictures = {{"eyes", "n.png", {}}, {"lips", "n.png", {}}};
  joy.at = {{"joy", 1}};
  joy.pictures = {{"eyes", "j.png", {}}, {"lips", "j.png", {}}};
  vowel.at = {{"a", 1}};
  vowel.pictures = {{"lips", "a.png", {}}};
  sheet.samples = {neutral, joy, vowel};

  const ExpressionSheet eyes = of_cel(sheet, "eyes");
  ASSERT_EQ(eyes.samples.size(), 2U);
  EXPECT_FALSE(eyes.parameters[0].elsewhere);
  EXPECT_TRUE(eyes.parameters[1].elsewhere) << "the vowel is drawn on the lips' cel";
  EXPECT_FALSE(eyes.parameters[2].elsewhere) << "nobody drew it";
  EXPECT_FALSE(of_cel(sheet, "lips").parameters[1].elsewhere);
}

}  // namespace
}  // namespace nakawari
