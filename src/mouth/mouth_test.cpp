#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sndfile.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <numbers>
#include <random>

#include "base/files.h"
#include "mouth/mouth_track.h"
#include "mouth/sound.h"
#include "mouth/voice.h"

namespace nakawari {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

void put(std::vector<std::uint8_t>& bytes, std::uint32_t value, int count) {
  for (int k = 0; k < count; ++k) bytes.push_back(static_cast<std::uint8_t>(value >> (8 * k)));
}

std::vector<std::uint8_t> wav(const std::vector<double>& samples, int rate, int channels = 1) {
  std::vector<std::uint8_t> bytes{'R', 'I', 'F', 'F'};
  const auto size = static_cast<std::uint32_t>(samples.size() * 2);
  put(bytes, 36 + size, 4);
  for (const char c : {'W', 'A', 'V', 'E', 'f', 'm', 't', ' '}) bytes.push_back(static_cast<std::uint8_t>(c));
  put(bytes, 16, 4);
  put(bytes, 1, 2);
  put(bytes, channels, 2);
  put(bytes, rate, 4);
  put(bytes, rate * 2 * channels, 4);
  put(bytes, 2 * channels, 2);
  put(bytes, 16, 2);
  for (const char c : {'d', 'a', 't', 'a'}) bytes.push_back(static_cast<std::uint8_t>(c));
  put(bytes, size, 4);
  for (const double s : samples)
    put(bytes, static_cast<std::uint16_t>(static_cast<std::int16_t>(s * 32000)), 2);
  return bytes;
}

/// A hum of a few harmonics with two resonances: as unlike as two vowels.
void hum(std::vector<double>& samples, int rate, double seconds, double first, double second) {
  const auto n = static_cast<int>(seconds * rate);
  for (int k = 0; k < n; ++k) {
    const double t = static_cast<double>(samples.size()) / rate;
    double sum = 0;
    for (int h = 1; h * 200 < rate * 0.45 && h < 20; ++h) {
      const double f = 200.0 * h;
      const double gain =
          std::exp(-std::pow((f - first) / 250, 2)) + 0.6 * std::exp(-std::pow((f - second) / 300, 2));
      sum += gain * std::sin(2 * std::numbers::pi * f * t);
    }
    samples.push_back(0.2 * sum);
  }
}
void rest(std::vector<double>& samples, int rate, double seconds) {
  samples.insert(samples.end(), static_cast<std::size_t>(seconds * rate), 0.0);
}

// a, then i, then a, with pauses around.
std::vector<double> sentence(int rate) {
  std::vector<double> samples;
  rest(samples, rate, 0.4);
  hum(samples, rate, 0.3, 850, 1300);
  hum(samples, rate, 0.3, 350, 2500);
  rest(samples, rate, 0.3);
  hum(samples, rate, 0.3, 850, 1300);
  rest(samples, rate, 0.4);
  return samples;
}

VoiceFeatures hear(int rate) {
  const auto sound = decode_sound(wav(sentence(rate), rate), "v.wav");
  EXPECT_TRUE(sound);
  return voice_features(*sound);
}

std::vector<VowelTemplate> templates(const VoiceFeatures& voice) {
  const auto made = vowel_templates(voice, {{0.45, 0.65, "a"}, {0.75, 0.95, "i"}}, "v.txt");
  EXPECT_TRUE(made);
  return *made;
}

TEST(ThreeMouths, AreEvenWithoutRepeatsAndEndClosed) {
  const MouthTrack track = three_mouths({{10, 3000, {}}}, 24, 3100, 2, 3);
  std::map<std::string, double> count;
  for (std::size_t k = 0; k < track.changes.size(); ++k) {
    if (k > 0) {
      EXPECT_NE(track.changes[k].shape, track.changes[k - 1].shape);
    }
    if (track.changes[k].frame >= 10 && track.changes[k].frame < 3010) count[track.changes[k].shape] += 1;
  }
  const double all = count["-"] + count["mid"] + count["open"];
  EXPECT_GE(all, 1495);
  for (const auto& [shape, n] : count) {
    EXPECT_GE(n / all, 0.28) << shape;
    EXPECT_LE(n / all, 0.38) << shape;
  }
  EXPECT_EQ(track.changes.back().shape, kClosedMouth);
  EXPECT_EQ(three_mouths({{10, 3000, {}}}, 24, 3100, 2, 3).changes, track.changes);
  EXPECT_NE(three_mouths({{10, 3000, {}}}, 24, 3100, 2, 4).changes, track.changes);
}

TEST(Expose, TakesTheMouthThatFillsMost) {
  const MouthTrack track = expose({{0.0, 0.10, "a"}, {0.10, 0.30, "i"}}, 24, 12, 2);
  EXPECT_THAT(track.changes, ElementsAre(MouthChange{0, "a"}, MouthChange{2, "i"}, MouthChange{8, "-"}));
}

TEST(DecodeSound, TakesAnyRateAndRefusesWhatIsNone) {
  for (const int rate : {8000, 22050, 96000}) {
    const auto sound = decode_sound(wav(sentence(rate), rate), "v.wav");
    ASSERT_TRUE(sound) << rate;
    EXPECT_NEAR(static_cast<double>(sound->samples.size()) / kSoundRate, 2.0, 0.01);
  }
  EXPECT_THAT(decode_sound(wav({}, 48000), "v.wav").error().one_line(), HasSubstr("no sound"));
  EXPECT_THAT(decode_sound(std::vector<std::uint8_t>(100, 7), "v.wav").error().one_line(),
              HasSubstr("v.wav"));
  EXPECT_FALSE(decode_sound({}, "v.wav"));
}

TEST(DecodeSound, ReadsFlacAndOgg) {
  const std::vector<double> samples = sentence(22050);
  const auto plain = decode_sound(wav(samples, 22050), "v.wav");
  ASSERT_TRUE(plain);
  for (const auto& [ending, format] : {std::pair{"flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16},
                                       std::pair{"ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS}}) {
    const std::string path = ::testing::TempDir() + "nakawari_voice." + ending;
    SF_INFO info{};
    info.samplerate = 22050;
    info.channels = 1;
    info.format = format;
    SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
    ASSERT_NE(file, nullptr) << ending;
    sf_write_double(file, samples.data(), static_cast<sf_count_t>(samples.size()));
    sf_close(file);
    const auto bytes = read_file(path);
    std::filesystem::remove(path);
    ASSERT_TRUE(bytes);
    const auto sound = decode_sound(*bytes, path);
    ASSERT_TRUE(sound) << ending;
    EXPECT_NEAR(static_cast<double>(sound->samples.size()), static_cast<double>(plain->samples.size()), 64);
    std::string heard;
    const VoiceFeatures voice = voice_features(*sound);
    for (const MouthSpan& span : mouths_by_vowels(voice, templates(voice)))
      if (span.end - span.start > 0.05) heard += span.shape;
    EXPECT_EQ(heard, "-ai-a-") << ending;
  }
}

/// The sentence with white noise so many dB below its speech.
VoiceFeatures hear_in_noise(double below) {
  const auto sound = decode_sound(wav(sentence(22050), 22050), "v.wav");
  EXPECT_TRUE(sound);
  Sound noisy = *sound;
  double speech = 0;
  for (std::size_t k = 8000; k < 14000; ++k) speech += noisy.samples[k] * noisy.samples[k] / 6000;
  std::mt19937 random(1);
  const double spread = std::sqrt(3 * speech * std::pow(10, -below / 10));
  for (float& sample : noisy.samples)
    sample += static_cast<float>(spread * (2.0 * static_cast<double>(random()) / 4294967295.0 - 1));
  return voice_features(noisy);
}

TEST(Noise, IsNoSpeechAndChangesNoVowel) {
  const VoiceFeatures quiet = hear(22050), noisy = hear_in_noise(15);
  for (double t = 0.05; t < 1.95; t += 0.1) {
    const bool speech = (t > 0.4 && t < 1.0) || (t > 1.3 && t < 1.6);
    EXPECT_EQ(noisy.speech[static_cast<std::size_t>(t / kFrameSeconds)] != 0, speech) << t;
  }
  std::string heard;
  for (const MouthSpan& span : mouths_by_vowels(noisy, templates(quiet)))  // marked in a quiet room
    if (span.end - span.start > 0.05) heard += span.shape;
  EXPECT_EQ(heard, "-ai-a-");
}

TEST(Loudness, OpensInSpeechAndClosesInSilence) {
  const auto spans = mouths_by_loudness(hear(22050));
  double open_in_silence = 0, closed_in_speech = 0;
  for (const MouthSpan& span : spans)
    for (double t = span.start + 0.005; t < span.end; t += 0.01) {
      const bool speech = (t > 0.4 && t < 1.0) || (t > 1.3 && t < 1.6);
      if (!speech && span.shape != kClosedMouth) open_in_silence += 0.01;
      if (speech && span.shape == kClosedMouth) closed_in_speech += 0.01;
    }
  EXPECT_LE(open_in_silence, 0.08);
  EXPECT_LE(closed_in_speech, 0.08);
}

TEST(Loudness, StaysClosedInSilence) {
  const VoiceFeatures voice = voice_features({std::vector<float>(16000, 0.0F), 8000});
  EXPECT_TRUE(voice.silent);
  for (const MouthSpan& span : mouths_by_loudness(voice)) EXPECT_EQ(span.shape, kClosedMouth);
}

TEST(Vowels, AreTold) {
  for (const int rate : {8000, 44100}) {
    const VoiceFeatures voice = hear(rate);
    std::string heard;
    for (const MouthSpan& span : mouths_by_vowels(voice, templates(voice)))
      if (span.end - span.start > 0.05) heard += span.shape;
    EXPECT_EQ(heard, "-ai-a-") << rate;
  }
}

TEST(Align, FindsTheBoundariesOfAText) {
  const VoiceFeatures voice = hear(22050);
  const auto morae = read_kana("あい、あ");
  ASSERT_TRUE(morae);
  const auto spans = align_mouths(voice, templates(voice), *morae);
  ASSERT_TRUE(spans);
  std::string shapes;
  for (const MouthSpan& span : *spans) shapes += span.shape;
  ASSERT_EQ(shapes, "-ai-a-");
  const double starts[] = {0, 0.4, 0.7, 1.0, 1.3, 1.6};
  for (std::size_t k = 0; k < 6; ++k) EXPECT_NEAR((*spans)[k].start, starts[k], 0.042) << k;
}

TEST(Align, RefusesATextThatIsTooLong) {
  const VoiceFeatures voice = hear(22050);
  std::string text;
  for (int k = 0; k < 80; ++k) text += "あ";
  const auto spans = align_mouths(voice, templates(voice), *read_kana(text));
  ASSERT_FALSE(spans);
  EXPECT_THAT(spans.error().one_line(), HasSubstr("too short"));
}

TEST(Kana, BecomesVowels) {
  struct Case {
    const char* label;
    const char* text;
    const char* vowels;
  };
  for (const Case& c :
       {Case{"plain", "こんにちは", "oniia"}, Case{"katakana", "アイウ", "aiu"},
        Case{"small", "きゃっと", "a-o"}, Case{"long", "らーめん", "aaen"}, Case{"pause", "は、い", "a-i"}}) {
    const auto morae = read_kana(c.text);
    ASSERT_TRUE(morae) << c.label;
    std::string vowels;
    for (const Mora& mora : *morae) vowels += mora.shape;
    EXPECT_EQ(vowels, c.vowels) << c.label;
  }
  EXPECT_TRUE((*read_kana("ま"))[0].lips);
  EXPECT_FALSE(read_kana("漢字"));
  EXPECT_FALSE(read_kana(""));
  EXPECT_FALSE(read_kana("\xFF"));
}

TEST(MouthFiles, ComeBackAsTheyWent) {
  const MouthTrack track{24, 24, 2, {{0, "-"}, {4, "a"}, {8, "i"}, {12, "o"}, {16, "-"}}};
  for (const MouthFormat format :
       {MouthFormat::rhubarb_tsv, MouthFormat::rhubarb_json, MouthFormat::moho_dat}) {
    const auto back = read_mouths(write_mouths(track, format), "m", 24, 2);
    ASSERT_TRUE(back) << write_mouths(track, format);
    EXPECT_EQ(back->changes, track.changes);
  }
}

TEST(MouthFiles, SurviveWhatIsNone) {
  for (const char* text :
       {"", "{", "{\"mouthCues\":[{\"start\":1}]}", "MohoSwitch1\nx A\n", "1.0\tQ\n", "abc", "-1\tA\n",
        "1e99\tA\n", "0.00\t\n", "0.00 \t\r\n", "MohoSwitch1\n-2147483648 rest\n"})
    EXPECT_FALSE(read_mouths(text, "m.tsv", 24, 2)) << text;
}

TEST(Marks, AreReadAndRefused) {
  const auto marks = read_marks("0.1\t0.2\ta\n# said twice\n0.3 0.4 n # quiet\n", "m.txt");
  ASSERT_TRUE(marks);
  EXPECT_EQ(marks->size(), 2U);
  EXPECT_THAT(read_marks("0.1 0.2 a\n0.3 b\n", "m.txt").error().one_line(), HasSubstr("line 2"));
  EXPECT_FALSE(read_marks("0.3 0.1 a\n", "m.txt"));
  const VoiceFeatures voice = hear(22050);
  EXPECT_FALSE(vowel_templates(voice, {{0.4, 0.5, "a"}}, "m.txt"));
  EXPECT_FALSE(vowel_templates(voice, {{0.4, 0.5, "a"}, {90, 91, "i"}}, "m.txt"));
}

}  // namespace
}  // namespace nakawari
