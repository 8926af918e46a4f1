#include "desk/desk.h"

#include <gtest/gtest.h>

#include "cut/memory_disk.h"

namespace nakawari {
namespace {

const char* const kSheet = R"(exchangeDigitalTimeSheet Save Data
{"version":5,"timeTables":[{"name":"s","duration":4,"timeTableHeaders":[],"fields":[]}]})";

std::string track(int joy_from) {
  return "[track]\non = 1\n[[key]]\nframe = 1\ndrawing = \"neutral\"\nease = \"hold\"\n[[key]]\nframe = " +
         std::to_string(joy_from) + "\ndrawing = \"joy\"\n";
}

class NoVideo : public VideoEncoder {
 public:
  Result<void> encode(const VideoJob&, const std::string&, const Progress&) override { return {}; }
};

/// A desk over a cut of one face. Its pictures are none, so that the build behind ends with an error: what is
/// tried here is known before it.
class DeskOfAFace : public testing::Test {
 protected:
  DeskOfAFace() {
    disk.put("cut/cut.toml",
             "[cut]\ntitle = \"Mio talks\"\nvoice = \"voice/take2.wav\"\n[[cel]]\nname = \"B\"\n"
             "face = \"face/mio.toml\"\ntrack = \"face/track.toml\"\n");
    disk.put("cut/sheet.xdts", kSheet);
    disk.put("cut/face/mio.toml",
             "[[part]]\nname = \"mouth\"\nkind = \"mouth\"\nregion = [[1, 1], [9, 9]]\n[[drawing]]\nname = "
             "\"neutral\"\nlines = \"n.png\"\n"
             "[[drawing]]\nname = \"joy\"\nlines = \"j.png\"\n");
    disk.put("cut/face/n.png", "no picture");
    disk.put("cut/face/j.png", "no picture");
    disk.put("cut/face/track.toml", track(3));
    disk.put("cut/voice/cut.wav", "the voice by the cut's name");
    disk.put("cut/voice/take2.wav", "the voice that cut.toml names");
  }

  /// A file saved while the desk is open.
  void save(const std::string& path, const std::string& text) {
    disk.clock_ns += 10'000'000'000;
    disk.put(path, text);
    desk.look_at_files();
  }

  MemoryDisk disk;
  NoVideo encoder;
  Desk desk{disk, encoder, {"cut", "Kim", "key", {1}}};
};

TEST_F(DeskOfAFace, PlaysTheVoiceThatTheVideoHas) {
  ASSERT_TRUE(desk.open());
  const auto sound = desk.sound();
  ASSERT_TRUE(sound);
  EXPECT_EQ(std::string(sound->begin(), sound->end()), "the voice that cut.toml names");
  const std::string before = desk.scene()->sound;
  save("cut/voice/take2.wav", "spoken again");
  EXPECT_NE(desk.scene()->sound, before);
}

TEST_F(DeskOfAFace, SeesATrackThatWasSaved) {
  ASSERT_TRUE(desk.open());
  const auto at = [&] { return desk.scene()->cels.at(0).at; };
  const std::vector<int> before = at();
  ASSERT_EQ(before.size(), 4U);
  EXPECT_EQ(before[1], before[0]);
  save("cut/face/track.toml", track(2));
  EXPECT_NE(at()[1], at()[0]);
}

TEST_F(DeskOfAFace, IsCalledByItsTitleToo) {
  ASSERT_TRUE(desk.open());
  EXPECT_EQ(desk.scene()->title, "Mio talks");
}

}  // namespace
}  // namespace nakawari
